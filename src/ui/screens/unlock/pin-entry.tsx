import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Role } from "../../../domain/journal-event.ts";
import type { LockOut } from "../../../domain/lock-out.ts";
import { fail, type Result } from "../../../domain/result.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import { Button } from "../../components/button.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { PinPad } from "../../components/pin-pad.tsx";
import { useStart } from "../../deps.tsx";
import { t } from "../../language.ts";
import { useMedia } from "../../media.ts";
import { waitText } from "../../components/wait-text.ts";
import { useLockOut } from "./use-lock-out.ts";

const lockText = (
  state: LockOut | undefined,
  { wrong, role }: { readonly wrong: boolean; readonly role: Role },
): string | undefined => {
  switch (state?.kind) {
    case undefined:
      return undefined;
    case "wait":
      return t("unlock.wait", { time: waitText(state.seconds) });
    case "disabled":
      return t(role === "owner" ? "unlock.disabled" : "people.disabled_other");
    case "open":
      return wrong ? t("unlock.wrong", { n: state.left }) : undefined;
  }
};

type Refused = UnlockFault | { readonly kind: "unexpected" };

/** The others are told by how long to wait and how many tries are left. */
const isPlain = (
  fault: Refused | undefined,
): fault is Extract<Refused, { kind: "person_unknown" | "pin_missing" | "unexpected" }> =>
  fault?.kind === "person_unknown" || fault?.kind === "pin_missing" || fault?.kind === "unexpected";

/** Where there is a mouse there is a keyboard: a PIN can be typed without a tap. Elsewhere the name is read out. */
const useFocus = (ready: boolean) => {
  const box = useRef<HTMLDivElement>(null);
  const who = useRef<HTMLParagraphElement>(null);
  const atDesk = useMedia("(hover: hover)");
  useLayoutEffect(() => who.current?.focus({ preventScroll: true }), []);
  useLayoutEffect(() => {
    if (ready && atDesk) box.current?.querySelector("input")?.focus();
  }, [ready, atDesk]);
  return { box, who };
};

/** The store did not answer: told in words, and the pad comes back. */
const failed = (error: unknown): Result<never, { readonly kind: "unexpected" }> => {
  reportError(error);
  return fail({ kind: "unexpected" });
};

/** One person's PIN: tries left, the wait counted down, and the way back with the recovery code. */
export const PinEntry = ({
  person,
  onSwitch,
  onForgot,
}: {
  readonly person: Staff;
  readonly onSwitch: (() => void) | undefined;
  readonly onForgot: () => void;
}) => {
  const { unlock } = useStart();
  const { state, refresh } = useLockOut(person.staff);
  const checking = useSignal(false);
  const refused = useSignal<Refused | undefined>(undefined);
  const faultText = useFaultText();
  const take = async (pin: string): Promise<void> => {
    checking.value = true;
    refused.value = undefined;
    const unlocked = await unlock(person.staff, pin).catch(failed);
    checking.value = false;
    if (unlocked.ok) return;
    refused.value = unlocked.fault;
    await refresh();
  };
  const open = state.value?.kind === "open";
  const { box, who } = useFocus(open && !checking.value);
  const told = refused.value;
  const { role } = person;
  const fault = isPlain(told)
    ? faultText(told)
    : lockText(state.value, { wrong: told?.kind === "wrong_pin", role });
  return (
    <div class="unlock-pin" ref={box}>
      <p class="unlock-who" tabIndex={-1} ref={who}>
        <bdi>{person.name}</bdi> <span class="u-small">{t(`role.${role}`)}</span>
      </p>
      <PinPad
        onComplete={(pin) => void take(pin)}
        fault={checking.value ? undefined : fault}
        locked={!open || checking.value}
      />
      <output class="u-small u-center">{checking.value && t("unlock.checking")}</output>
      <div class="unlock-ways">
        {onSwitch !== undefined && (
          <Button kind="text" icon="users" onClick={onSwitch}>
            {t("unlock.switch")}
          </Button>
        )}
        {role === "owner" && (
          <Button kind="text" onClick={onForgot}>
            {t("unlock.forgot")}
          </Button>
        )}
      </div>
    </div>
  );
};
