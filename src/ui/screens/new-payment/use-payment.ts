import { textIn } from "../../form-text.ts";
import { useSignal, type Signal } from "@preact/signals";

import { businessDate, type BusinessDate } from "../../../domain/instant.ts";
import type { PaymentId } from "../../../domain/ids.ts";
import type { Proof } from "../../../domain/manual-payment.ts";
import { maxRecordMinor, money, type Money } from "../../../domain/money.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { recordPayment } from "../../../usecases/record-payment.ts";
import { typedMoney } from "../../components/keypad-entry.ts";
import { useDeps } from "../../deps.tsx";
import { useShell } from "../../shell-context.tsx";
import { channelOf, paymentOf, type PaymentEntry } from "./payment-entry.ts";

/** What the parts of the screen share. */
export type PaymentForm = {
  readonly typed: Signal<string>;
  readonly refusal: Signal<string | undefined>;
  readonly channel: Signal<string | undefined>;
  readonly proof: Signal<Proof>;
  readonly fault: Signal<KnownFault | undefined>;
  /** The payment that has this number already. */
  readonly known: Signal<PaymentId | undefined>;
  readonly busy: Signal<boolean>;
  readonly limit: Money;
  readonly today: BusinessDate;
  /** The channel that the number names, if the person chose none. */
  readonly guessChannel: (number: string) => void;
  /** Undefined when it was not recorded; the fault is shown then. */
  readonly save: (form: HTMLFormElement) => Promise<PaymentId | undefined>;
};

/** The state of T1f. A scanned number proves a bill barcode, nothing typed proves our own sale. */
export const usePayment = (number: string): PaymentForm => {
  const deps = useDeps();
  const { shop, now } = useShell();
  const today = businessDate(now(), shop.calendar);
  const limit = money(maxRecordMinor, shop.currency);
  const typed = useSignal("");
  const channel = useSignal<string | undefined>(channelOf(number, today));
  const proof = useSignal<Proof>(number === "" ? "own_sale" : "bill_barcode");
  const fault = useSignal<KnownFault | undefined>(undefined);
  const known = useSignal<PaymentId | undefined>(undefined);
  const busy = useSignal(false);
  const entryOf = (form: HTMLFormElement): PaymentEntry => {
    const data = new FormData(form);
    return {
      amount: typedMoney(typed.peek(), limit),
      channel: channel.peek(),
      proof: proof.peek(),
      number: textIn(data, "number"),
      goods: textIn(data, "goods"),
      time: textIn(data, "time"),
    };
  };
  const record = async (form: HTMLFormElement): Promise<PaymentId | undefined> => {
    const entry = paymentOf(entryOf(form), today, shop.calendar);
    const saved = entry.ok ? await recordPayment(deps, entry.value) : entry;
    if (saved.ok) return saved.value;
    fault.value = saved.fault;
    if (saved.fault.kind === "payment_known") known.value = saved.fault.paymentId;
    return undefined;
  };
  return {
    typed,
    refusal: useSignal<string | undefined>(undefined),
    channel,
    proof,
    fault,
    known,
    busy,
    limit,
    today,
    guessChannel: (text) => {
      channel.value = channelOf(text.trim(), today) ?? channel.peek();
    },
    save: async (form) => {
      if (busy.peek()) return undefined;
      busy.value = true;
      fault.value = undefined;
      known.value = undefined;
      try {
        return await record(form);
      } catch (error) {
        fault.value = { kind: "unexpected" };
        reportError(error);
        return undefined;
      } finally {
        busy.value = false;
      }
    },
  };
};
