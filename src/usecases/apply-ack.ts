import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { saveTokens } from "../storage/tokens.ts";
import { compareOwn, type OwnChainFault } from "./compare-own.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import { reviewAck, type AckReview, type ReviewedAck, type ReviewFault } from "./review-ack.ts";
import { keepStatusList } from "./status-lists.ts";

export type ApplyFault = LockedFault | NotEntitled | ReviewFault | RecordFault;

const eventOf = ({ hash, by, seq, head }: ReviewedAck): Plan["events"][number] => ({
  event: { kind: "ack", token: hash, by: by.kid, seq, head },
});

/** The texts come first: a record without its text would make every later file invalid. */
const keepTexts = async (deps: Deps, { acks, statuses }: AckReview): Promise<void> => {
  const { device } = deps;
  const rows = acks.map(
    ({ token, seq, head }) => ({ kind: "ack", device, seq, head, token }) as const,
  );
  await saveTokens(deps.journal.db, rows);
  for (const { token, signer, iat } of statuses)
    await keepStatusList(deps, { token, signer: signer.kid, iat });
};

type Nothing = { readonly kind: "nothing_new" };

const recordAcks = async (
  deps: Deps,
  acks: readonly ReviewedAck[],
): Promise<Result<undefined, OwnChainFault | RecordFault>> => {
  const done = await recordEvents<OwnChainFault | Nothing>(deps, async () => {
    const known = new Set((await deps.journal.db.acks.toArray()).map(({ token }) => token));
    const fresh = acks.filter(({ hash }) => !known.has(hash));
    if (fresh.length === 0) return fail({ kind: "nothing_new" });
    for (const ack of fresh) {
      const own = await compareOwn(deps, ack);
      if (!own.ok) return own;
    }
    return ok({ events: fresh.map(eventOf) });
  });
  if (done.ok || done.fault.kind === "nothing_new") return ok(undefined);
  return fail(done.fault);
};

/** Takes an acknowledgement in: reviewed again, its texts kept, then one `ack` record each (refundlog.md §14). */
export const applyAck = async (
  deps: Deps,
  text: string,
): Promise<Result<AckReview, ApplyFault>> => {
  const staff = whoMay(deps, "reconcile");
  if (!staff.ok) return staff;
  const review = await reviewAck(deps, text);
  if (!review.ok) return review;
  await keepTexts(deps, review.value);
  const recorded = await recordAcks(deps, review.value.acks);
  return recorded.ok ? review : recorded;
};
