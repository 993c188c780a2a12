import type { Instant } from "../domain/instant.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { Database } from "./database.ts";
import { lowest, type Cursor } from "./paging.ts";

/** Few enough that reading them keeps no page for long. */
const atOnce = 100;

/** Every case that was recorded from a moment on and before another, the oldest first, some at a time. */
export async function* casesBetween(
  db: Database,
  [from, before]: readonly [from: Instant, before: Instant],
): AsyncGenerator<readonly RefundCase[], void, undefined> {
  let after: Cursor | undefined;
  for (;;) {
    const rows = await db.cases
      .where("[createdAt+caseId]")
      .between(after ?? [from, lowest], [before, lowest], false)
      .limit(atOnce)
      .toArray();
    yield rows.map(({ refundCase }) => refundCase);
    const last = rows.at(-1);
    if (last === undefined || rows.length < atOnce) return;
    after = [last.createdAt, last.caseId];
  }
}
