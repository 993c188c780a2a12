import { textIn } from "../../form-text.ts";
import { useSignal, type Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import { businessDate, type BusinessDate } from "../../../domain/instant.ts";
import type { PaymentId } from "../../../domain/ids.ts";
import type { Proof, ToldState } from "../../../domain/manual-payment.ts";
import { maxRecordMinor, money, type Money } from "../../../domain/money.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { recordPayment } from "../../../usecases/record-payment.ts";
import { typedMoney } from "../../components/keypad-entry.ts";
import { useEntitled } from "../../entitled.tsx";
import { useShell } from "../../shell-context.tsx";
import type { FreeRow } from "../new-refund/refund-entry.ts";
import { channelOf, paymentOf, stateOf, type PaymentEntry } from "./payment-entry.ts";

/** What the parts of the screen share. */
export type PaymentForm = {
  readonly typed: Signal<string>;
  readonly refusal: Signal<string | undefined>;
  readonly channel: Signal<string | undefined>;
  readonly proof: Signal<Proof>;
  readonly state: Signal<ToldState>;
  readonly rows: Signal<readonly FreeRow[]>;
  readonly fault: Signal<KnownFault | undefined>;
  /** The payment that has this number already. */
  readonly known: Signal<PaymentId | undefined>;
  readonly busy: Signal<boolean>;
  readonly limit: Money;
  readonly today: BusinessDate;
  /** Takes over what the number itself says: its channel, or that it is a transfer. */
  readonly takeNumber: (number: string) => void;
  /** Undefined when it was not recorded; the fault is shown then. */
  readonly save: (form: HTMLFormElement) => Promise<PaymentId | undefined>;
  /** The sheet that asks somebody entitled. */
  readonly asking: ComponentChildren;
};

type PaymentState = Omit<PaymentForm, "asking" | "save" | "takeNumber">;

/** What the fields hold. A scanned number proves a bill barcode, nothing typed proves our own sale. */
const usePaymentState = (number: string): PaymentState => {
  const { shop, now } = useShell();
  const today = businessDate(now(), shop.calendar);
  return {
    typed: useSignal(""),
    refusal: useSignal<string | undefined>(undefined),
    channel: useSignal<string | undefined>(channelOf(number, today)),
    proof: useSignal<Proof>(number === "" ? "own_sale" : "bill_barcode"),
    state: useSignal<ToldState>(stateOf(number, today)),
    rows: useSignal<readonly FreeRow[]>([]),
    fault: useSignal<KnownFault | undefined>(undefined),
    known: useSignal<PaymentId | undefined>(undefined),
    busy: useSignal(false),
    limit: money(maxRecordMinor, shop.currency),
    today,
  };
};

const entryOf = (state: PaymentState, form: HTMLFormElement): PaymentEntry => {
  const data = new FormData(form);
  return {
    amount: typedMoney(state.typed.peek(), state.limit),
    channel: state.channel.peek(),
    proof: state.proof.peek(),
    state: state.state.peek(),
    rows: state.rows.peek(),
    acquirer: textIn(data, "acquirer"),
    payer: textIn(data, "payer"),
    number: textIn(data, "number"),
    goods: textIn(data, "goods"),
    time: textIn(data, "time"),
  };
};

/** The state of T1f and what can be done with it. */
export const usePayment = (number: string): PaymentForm => {
  const { shop } = useShell();
  const entitled = useEntitled();
  const state = usePaymentState(number);
  const { fault, known, busy, channel, today } = state;
  const record = async (form: HTMLFormElement): Promise<PaymentId | undefined> => {
    const entry = paymentOf(entryOf(state, form), today, shop.calendar);
    const saved = entry.ok ? await entitled.run((deps) => recordPayment(deps, entry.value)) : entry;
    if (saved.ok) return saved.value;
    fault.value = saved.fault;
    if (saved.fault.kind === "payment_known") known.value = saved.fault.paymentId;
    return undefined;
  };
  return {
    ...state,
    asking: entitled.sheet,
    takeNumber: (text) => {
      channel.value = channelOf(text.trim(), today) ?? channel.peek();
      if (stateOf(text.trim(), today) === "transfer") state.state.value = "transfer";
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
