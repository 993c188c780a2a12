import { given } from "../domain/given.ts";
import type { Recorded } from "../domain/journal-event.ts";
import { counterOf } from "../domain/refund-number.ts";
import { appendLeaf, emptyEdge, leafHash } from "../ledger/merkle.ts";
import type { Totals } from "../ledger/seal.ts";
import { frameOf } from "./copy-forward.ts";
import type { HeadRow } from "./rows.ts";
import type { StoredRecord } from "./stored-record.ts";

const totalsAfter = (before: Totals, recorded: Recorded | undefined): Totals => {
  if (recorded === undefined || recorded.training || recorded.event.kind !== "refund")
    return before;
  const { currency, minor } = recorded.event.amount;
  return { ...before, [currency]: (before[currency] ?? 0) + minor };
};

const beforeGenesis = { edge: emptyEdge, totals: {}, revision: 0, refundCounter: 0, copySize: 0 };

/** The head of a chain after one more of its records, for replays; a writer gets its head from the seal. */
export const headAfter = (
  head: HeadRow | undefined,
  { record, iat }: StoredRecord,
  recorded: Recorded | undefined,
): HeadRow => {
  const before = head ?? beforeGenesis;
  const event = recorded?.event;
  return {
    device: record.device,
    seq: record.seq,
    hash: record.hash,
    edge: appendLeaf(before.edge, leafHash(record.jwt)),
    totals: totalsAfter(before.totals, recorded),
    iat,
    revision: before.revision + 1,
    refundCounter: event?.kind === "refund" ? counterOf(event.refundNo) : before.refundCounter,
    copySize: before.copySize + frameOf(record).length,
    ...given("ended", head?.ended ?? (event?.kind === "rotate" ? true : undefined)),
  };
};
