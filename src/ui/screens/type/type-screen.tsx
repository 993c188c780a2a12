import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { parseCode } from "../../../domain/codes/index.ts";
import { businessDate, instantFromMs } from "../../../domain/instant.ts";
import type { NumberKind } from "../../../domain/codes/scanned-code.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { alertNow } from "../../components/announce.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { go } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useScannerGun } from "../../scanner-gun.ts";
import { Questions } from "../scan/questions.tsx";
import { SaidNote } from "../scan/said-note.tsx";
import { useReadings } from "../scan/use-readings.ts";

/** Longer texts come from guns and pictures; they are read, not checked as numbers. */
const tooShort = 6;

/** What the text looks like so far; nothing is said of one that may be a payment code. */
const useGuess = (text: string): NumberKind | undefined => {
  const deps = useDeps();
  const today = businessDate(instantFromMs(deps.now()), deps.calendar);
  const code = parseCode(text, today);
  return code.kind === "number" ? code.numbers[0]?.kind : undefined;
};

/** T1b: a number by hand, by paste or by gun. 0/O and 1/I/L are read as each other when it is looked up. */
export const TypeScreen = ({ route }: { readonly route: RouteOf<"type"> }) => {
  const text = useSignal(route.args.c ?? "");
  const short = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const faultText = useFaultText();
  const readings = useReadings(({ href }) => go(href));
  useScannerGun((code) => void readings.take(code));
  const guess = useGuess(text.value);
  const fault = short.value ? faultText({ kind: "number_length" }) : undefined;
  useLayoutEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => {
    if (readings.said.value?.what !== "payment_code" || field.current === null) return;
    field.current.value = ""; // of a payment code nothing is kept, not even here
    text.value = "";
  }, [readings.said.value]);
  const submit = (event: Event): void => {
    event.preventDefault();
    const typed = (field.current?.value ?? "").trim();
    short.value = typed.length < tooShort;
    if (short.value) alertNow(faultText({ kind: "number_length" }));
    else void readings.takeTyped(typed);
  };
  return (
    <form class="screen" onSubmit={submit}>
      <PageHeader title={t("scan.type.title")} back={linkTo("scan")} />
      <TextField
        ref={field}
        name="number"
        label={t("scan.type.label")}
        help={
          guess === undefined
            ? t("scan.type.help")
            : t("scan.type.guess", { kind: t(`scan.kind.${guess}`) })
        }
        fault={fault}
        look="mono"
        spellcheck={false}
        defaultValue={route.args.c ?? ""}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          short.value = false;
        }}
      />
      <SaidNote said={readings.said.value} />
      <BottomBar>
        <Button kind="primary" type="submit">
          {t("action.continue")}
        </Button>
      </BottomBar>
      <Questions readings={readings} />
    </form>
  );
};
