import { emptyBooks, post } from "./books.ts";
import { writeRef, type CaseId, type DeviceId, type PaymentId } from "./ids.ts";
import type { JournalEvent, Recorded, RefundEvent } from "./journal-event.ts";
import type { RefundCase } from "./refund/case.ts";
import type { Currency } from "./currency.ts";
import { sumShift, type ChannelSums, type CloseEvent } from "./shift.ts";
import { behindClose, paidOutIn, type BehindClose } from "./shift-drawer.ts";

type Figures = { readonly currency: string; readonly stored: number; readonly derived: number };

type Told = "refunds" | "paid_out" | "expected";

/** Where a close says something else than the records before it: a count of refunds, else minor units. */
export type CloseDifference = Figures &
  ({ readonly what: Told } | { readonly what: "channel"; readonly channel: string });

/** A close, and where it differs from what its records give; none where it is right. */
export type CheckedClose = {
  readonly close: Recorded<CloseEvent>;
  readonly differences: readonly CloseDifference[];
};

const told: ReadonlySet<JournalEvent["kind"]> = new Set(["refund", "money"]);

type Sums = ReadonlyMap<string, readonly [count: number, sum: number]>;

const flat = (channels: ChannelSums = {}): Sums =>
  new Map(
    Object.entries(channels).flatMap(([currency, some]) =>
      Object.entries(some).map(([channel, sums]) => [`${currency} ${channel}`, sums] as const),
    ),
  );

const channelDifferences = (stored: Sums, derived: Sums): readonly CloseDifference[] =>
  [...new Set([...stored.keys(), ...derived.keys()])].flatMap((key) => {
    const [one, other] = [stored.get(key) ?? [0, 0], derived.get(key) ?? [0, 0]];
    const [currency = "", channel = ""] = key.split(" ");
    const same = one[0] === other[0] && one[1] === other[1];
    return same ? [] : [{ what: "channel", channel, currency, stored: one[1], derived: other[1] }];
  });

const unequal = (
  what: Told,
  currency: string,
  [stored, derived]: readonly [number, number],
): readonly CloseDifference[] => (stored === derived ? [] : [{ what, currency, stored, derived }]);

const drawerDifferences = (
  { cash = {} }: CloseEvent,
  cases: readonly RefundCase[],
  behind: BehindClose,
): readonly CloseDifference[] =>
  Object.entries(cash).flatMap(([name, [open, takings, paidOut, expected]]) => {
    const gone = paidOutIn(cases, { behind, currency: name as Currency }).minor;
    return unequal("paid_out", name, [paidOut, gone]).concat(
      unequal("expected", name, [expected, open + takings - gone]),
    );
  });

/**
 * Derives every close of a device again from the records before it, and says where the stored one differs. To be called with
 * each record in its order, the oldest chain first; `chains` are named the newest first (refund-model.md §12, invariant 28).
 */
export const shiftRecheck = (
  chains: readonly DeviceId[],
): ((recorded: Recorded) => CheckedClose | undefined) => {
  const books = emptyBooks(chains[0]);
  let behind = behindClose(chains, undefined);
  let chain = chains.at(-1);
  const channels = new Map<PaymentId, string>();
  let refunds: RefundEvent[] = [];
  let touched = new Set<CaseId>();
  const note = ({ event, training }: Recorded): void => {
    if (event.kind === "payment") channels.set(event.paymentId, event.channel);
    if (event.kind === "refund" && !training) refunds.push(event);
    if (event.kind !== "money" || event.state !== "succeeded") return;
    for (const ref of event.refunds) {
      const caseId = books.caseOf.get(writeRef(ref));
      if (caseId !== undefined) touched.add(caseId);
    }
  };
  const check = (close: Recorded<CloseEvent>): CheckedClose => {
    const { event } = close;
    const derived = sumShift(
      refunds.map(({ amount, paymentId }) => ({
        amount,
        channel: (paymentId && channels.get(paymentId)) ?? "other",
      })),
    );
    const cases = [...touched].flatMap((caseId) => books.cases.get(caseId) ?? []);
    const counts = unequal("refunds", "", [event.refunds, derived.refunds]);
    const sums = channelDifferences(flat(event.channels), flat(derived.channels));
    const drawers = drawerDifferences(event, cases, behind);
    return { close, differences: [...counts, ...sums, ...drawers] };
  };
  /** Each chain counts its own refunds and names its own channels; the drawer is one. */
  const begin = (device: DeviceId): void => {
    chain = device;
    refunds = [];
    channels.clear();
  };
  return (recorded) => {
    const { event, ref } = recorded;
    if (ref.device !== chain) begin(ref.device);
    if (told.has(event.kind)) post(books, recorded);
    note(recorded);
    if (event.kind !== "close") return undefined;
    const checked = check({ ...recorded, event });
    behind = behindClose(chains, ref);
    refunds = [];
    touched = new Set();
    return checked;
  };
};
