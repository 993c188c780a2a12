import type { DeviceId, PaymentId } from "../domain/ids.ts";
import { addSeconds, instantFromMs, secondsOf, type Instant } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { standingOf } from "../domain/refund/money-track.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { mayHold, newSaleFilter } from "../domain/sale-filter.ts";
import { decodeBase64url, encodeBase64url } from "../ledger/base64url.ts";
import { fingerprint } from "../ledger/keys.ts";
import { mostSales, parseTillFilter, writeTillFilter } from "../ledger/sale-filter-code.ts";
import { listCases } from "../storage/queries.ts";
import { listSaleFilters, saveSaleFilter, type KeptFilter } from "../storage/sale-filters.ts";
import type { Deps } from "./deps.ts";
import { rootStart } from "./own-root.ts";

/** This till's code for others: the payments it knows to be refunded, the newest of them. */
export type OwnFilter = { readonly text: string; readonly at: Instant; readonly count: number };

/** Another till's filter that was just taken in. */
export type TakenFilter = {
  /** The till's name where it is known here, else the first groups of its fingerprint. */
  readonly till: string;
  readonly at: Instant;
  readonly count: number;
};

export type FilterFault = {
  readonly kind:
    | "filter_unreadable"
    | "filter_of_other_shop"
    | "filter_own"
    | "filter_in_future"
    | "filter_too_old";
};

/** A refund that was made stays made; but a till that nobody scans again is no help. */
const freshSeconds = 7 * 24 * 3600;
/** Clocks of two phones differ. */
const aheadSeconds = 15 * 60;
const pageSize = 200;

/** Money is promised or gone; a transfer back by hand counts as well. */
const isRefunded = ({ money }: RefundCase): boolean =>
  money !== undefined && standingOf(money) !== "frees";

const refundedSales = async ({ journal }: Deps): Promise<readonly PaymentId[]> => {
  const sales = new Set<PaymentId>();
  let before: RefundCase | undefined;
  while (sales.size < mostSales) {
    const cases = await listCases(journal.db, { limit: pageSize, ...(before && { before }) });
    for (const one of cases)
      if (one.paymentId !== undefined && isRefunded(one)) sales.add(one.paymentId);
    before = cases.at(-1);
    if (cases.length < pageSize) break;
  }
  return [...sales].slice(0, mostSales);
};

/** The filter to show to another till. */
export const writeOwnFilter = async (deps: Deps): Promise<OwnFilter> => {
  const at = instantFromMs(deps.now());
  const filter = newSaleFilter(await refundedSales(deps));
  const root = await rootStart(deps);
  const text = writeTillFilter({ root, device: deps.device, at, filter });
  return { text, at, count: filter.count };
};

const nameOf = async ({ journal }: Deps, device: DeviceId): Promise<string> => {
  const known = await journal.db.devices.get(device);
  return known?.label ?? fingerprint(device).slice(0, 9);
};

/** Takes in another till's filter; from then on the editor warns of payments that are in it. */
export const takeSaleFilter = async (
  deps: Deps,
  text: string,
): Promise<Result<TakenFilter, FilterFault>> => {
  const parsed = parseTillFilter(text);
  if (!parsed.ok) return parsed;
  const { root, device, at, filter } = parsed.value;
  const now = instantFromMs(deps.now());
  if (root !== (await rootStart(deps))) return fail({ kind: "filter_of_other_shop" });
  if (device === deps.device) return fail({ kind: "filter_own" });
  if (at > addSeconds(now, aheadSeconds)) return fail({ kind: "filter_in_future" });
  if (at < addSeconds(now, -freshSeconds)) return fail({ kind: "filter_too_old" });
  const bits = encodeBase64url(filter.bits);
  await saveSaleFilter(deps.journal.db, { device, at, count: filter.count, bits });
  return ok({ till: await nameOf(deps, device), at, count: filter.count });
};

/** Its records are here already and tell more than a filter can. */
const isMerged = async ({ journal }: Deps, { device, at }: KeptFilter): Promise<boolean> => {
  const head = await journal.db.heads.get(device);
  return head !== undefined && head.iat >= secondsOf(at);
};

const looksRefundedIn = ({ bits, count }: KeptFilter, ids: readonly PaymentId[]): boolean => {
  const filter = { bits: decodeBase64url(bits) ?? new Uint8Array(), count };
  return filter.bits.length > 0 && ids.some((id) => mayHold(filter, id));
};

/** Whether another till may have refunded this payment, as far as its last code tells. */
export const maybeRefundedElsewhere = async (
  deps: Deps,
  payment: Pick<Payment, "paymentId" | "same">,
  now: Instant,
): Promise<boolean> => {
  const since = addSeconds(now, -freshSeconds);
  for (const kept of await listSaleFilters(deps.journal.db)) {
    if (kept.at < since || !looksRefundedIn(kept, [payment.paymentId, ...payment.same])) continue;
    if (!(await isMerged(deps, kept))) return true;
  }
  return false;
};
