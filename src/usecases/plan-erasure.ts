import type { EraseEvent } from "../domain/erase-event.ts";
import { given } from "../domain/given.ts";
import type { CaseId, DeviceId, Hash, PaymentId } from "../domain/ids.ts";
import { erasedBy } from "../ledger/erasure.ts";
import { stillNamed } from "../storage/forget-erased.ts";
import { casesOfRefunds } from "../storage/queries.ts";
import type { Telling } from "./customer-tellings.ts";
import type { Deps } from "./deps.ts";
import type { Plan } from "./record-event.ts";

/** What is to be forgotten, why, and which books tell of it. */
export type ToErase = {
  readonly telling: Telling;
  readonly told: Pick<EraseEvent, "why" | "cases" | "payments">;
};

/** The books that tell of a record: its case, those of a batch that it is about too, and a payment. */
export const toldIn = async (
  { journal: { db } }: Deps,
  { stored: { payload }, ref }: Telling,
  caseId: CaseId,
): Promise<Pick<EraseEvent, "cases" | "payments">> => {
  const { kind, sale, dev = ref.device, refs = [] } = payload;
  const about = (refs as readonly number[]).map((seq) => ({ device: dev as DeviceId, seq }));
  const others = await casesOfRefunds(db, about);
  return {
    cases: [...new Set([caseId, ...others.map((other) => other.caseId)])],
    ...(kind === "payment" ? { payments: [sale as PaymentId] } : {}),
  };
};

/** A record of another chain is named by its hash too, whether its device is still there or not. */
const eventOf = (
  { device }: Deps,
  { telling, told }: ToErase,
  named: ReadonlySet<Hash>,
): EraseEvent => {
  const { ref, stored, disclosure } = telling;
  const files = [...new Set(telling.files.filter((file) => !named.has(file)))];
  return {
    kind: "erase",
    record: ref,
    ...given("hash", ref.device === device ? undefined : stored.record.hash),
    disclosures: [disclosure],
    ...given("files", files.length === 0 ? undefined : files),
    ...told,
  };
};

/** Erases what records of this chain and of others tell, and the files that nothing else names. */
export const planErasure = async (deps: Deps, all: readonly ToErase[]): Promise<Plan> => {
  const tellings = all.map(({ telling }) => telling);
  const gone = erasedBy(
    tellings.map(({ ref: { device, seq }, disclosure }) => ({
      device,
      seq,
      disclosures: [disclosure],
    })),
  );
  const files = tellings.flatMap((telling) => telling.files);
  const named = await stillNamed(deps.journal.db, files, gone);
  return { events: all.map((one) => ({ event: eventOf(deps, one, named) })) };
};
