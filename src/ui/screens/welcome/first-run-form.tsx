import { textIn } from "../../form-text.ts";
import { useMemo } from "preact/hooks";

import { CNY, findCurrency } from "../../../domain/currency.ts";
import { findZone } from "../../../domain/instant.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { OpenedShop, ShopEntry } from "../../../usecases/open-shop.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useStart } from "../../deps.tsx";
import { useJob } from "../../job.ts";
import { language, t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { LanguageChoice } from "../look/language-choice.tsx";
import { PinField } from "./pin-field.tsx";
import { currencyChoices, deviceZone, zoneChoices } from "./shop-choices.ts";

type Typed = ShopEntry & { readonly again: string };

const readForm = (form: FormData, usual: ShopEntry["shop"]["zone"]): Typed => ({
  shop: {
    name: textIn(form, "shop"),
    currency: findCurrency(textIn(form, "currency")) ?? CNY,
    zone: findZone(textIn(form, "zone")) ?? usual,
  },
  ownerName: textIn(form, "owner"),
  pin: textIn(form, "pin"),
  again: textIn(form, "again"),
});

/** Faults that stand beside a field of their own; every other one stands above the button. */
const placed: ReadonlySet<KnownFault["kind"]> = new Set([
  "shop_name_missing",
  "owner_name_missing",
  "pin_length",
  "pin_weak",
  "pin_differs",
]);

const useOpenShop = (onOpened: (opened: OpenedShop, entry: ShopEntry) => void) => {
  const { openShop } = useStart();
  const { shop } = useShell();
  const { busy, fault, run } = useJob();
  const submit = async (form: FormData): Promise<void> => {
    const { again, ...entry } = readForm(form, shop.calendar.zone);
    const made: OpenedShop[] = [];
    await run(async () => {
      if (entry.pin !== again) return { kind: "pin_differs" };
      const opened = await openShop(entry);
      if (!opened.ok) return opened.fault;
      made.push(opened.value);
      return undefined;
    });
    for (const opened of made) onOpened(opened, entry);
  };
  return { busy, fault, submit };
};

const useFieldFault = (fault: KnownFault | undefined) => {
  const text = useFaultText();
  return (...kinds: readonly KnownFault["kind"][]): string | undefined =>
    fault !== undefined && kinds.includes(fault.kind) ? text(fault) : undefined;
};

const ShopFields = ({ fault }: { readonly fault: string | undefined }) => {
  const tag = language.value;
  const zones = useMemo(() => zoneChoices(tag), [tag]);
  return (
    <>
      <TextField
        name="shop"
        label={t("first.shop")}
        help={t("first.shop_help")}
        fault={fault}
        maxLength={60}
        required
      />
      <SelectField
        name="currency"
        label={t("first.currency")}
        choices={currencyChoices(tag)}
        value={CNY}
      />
      <SelectField name="zone" label={t("first.zone")} choices={zones} value={deviceZone()} />
    </>
  );
};

/** First run: what cannot be guessed, on one page; nothing typed is lost when something is refused. */
export const FirstRunForm = ({
  onOpened,
}: {
  readonly onOpened: (opened: OpenedShop, entry: ShopEntry) => void;
}) => {
  const { busy, fault, submit } = useOpenShop(onOpened);
  const faultOf = useFieldFault(fault.value);
  const other = fault.value !== undefined && !placed.has(fault.value.kind);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement && !busy.value)
      void submit(new FormData(event.currentTarget));
  };
  return (
    <form class="screen first-form" noValidate onSubmit={onSubmit}>
      <PageHeader title={t("first.title")} back={linkTo("welcome")} />
      <LanguageChoice />
      <ShopFields fault={faultOf("shop_name_missing")} />
      <TextField
        name="owner"
        label={t("first.owner")}
        fault={faultOf("owner_name_missing")}
        maxLength={60}
        required
      />
      <PinField
        name="pin"
        label={t("first.pin")}
        help={t("first.pin_truth")}
        fault={faultOf("pin_length", "pin_weak")}
      />
      <PinField name="again" label={t("first.pin_again")} fault={faultOf("pin_differs")} />
      {other && <FaultNote fault={fault.value} />}
      {busy.value && <Progress label={t("first.making")} text={t("first.making_note")} />}
      <BottomBar policy={t("first.fixed")}>
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("first.submit")}
        </Button>
      </BottomBar>
    </form>
  );
};
