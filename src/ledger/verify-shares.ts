import type { DeviceId } from "../domain/ids.ts";
import type { FindingCode } from "./findings.ts";
import type { FactOf } from "./rules/fact.ts";
import { countsAgainst } from "./rules/money-fold.ts";
import type { VerifiedRecord } from "./verify-record.ts";
import type { VerifyReport } from "./verify-report.ts";

/** Every record of several files, by its chain and number. */
export type Chains = ReadonlyMap<DeviceId, ReadonlyMap<number, VerifiedRecord>>;

/** Takes a finding about a record of a chain. */
export type Report = (
  code: FindingCode,
  at: { readonly device: DeviceId; readonly seq: number },
) => void;

export const factsOf = (chains: Chains) =>
  [...chains.values()].flatMap((chain) => [...chain.values()].map(({ claims }) => claims));

/** Payments that some chain calls one are one in all. */
const groupsOf = (chains: Chains): ((sale: string) => string) => {
  const above = new Map<string, string>();
  const topOf = (sale: string): string => {
    const next = above.get(sale);
    return next === undefined ? sale : topOf(next);
  };
  for (const fact of factsOf(chains))
    if (fact.kind === "payment")
      for (const other of fact.core.same ?? [])
        if (topOf(other) !== topOf(fact.core.sale)) above.set(topOf(other), topOf(fact.core.sale));
  return topOf;
};

type Share = { reserved: number; external: number; readonly refunds: FactOf<"refund">[] };
type Shared = { paid: number; readonly shares: Map<DeviceId, Share> };

const shareOf = (shared: Shared, device: DeviceId): Share => {
  const share = shared.shares.get(device) ?? { reserved: 0, external: 0, refunds: [] };
  shared.shares.set(device, share);
  return share;
};

/** Of several files of one device the one that holds most of its chain. */
const newestOf = (reports: readonly VerifyReport[]): ReadonlyMap<DeviceId, VerifyReport> => {
  const bySize = [...reports].sort((one, other) => one.records.length - other.records.length);
  return new Map(
    bySize.flatMap((report) => (report.chain ? [[report.chain.device, report] as const] : [])),
  );
};

/** What every device says of a payment: how much it may give, how much of it each has promised. */
const sharesOf = (reports: readonly VerifyReport[], chains: Chains): readonly Shared[] => {
  const topOf = groupsOf(chains);
  const all = new Map<string, Shared>();
  const at = (sale: string): Shared => {
    const shared = all.get(topOf(sale)) ?? { paid: Number.MAX_SAFE_INTEGER, shares: new Map() };
    all.set(topOf(sale), shared);
    return shared;
  };
  for (const [device, report] of newestOf(reports)) {
    for (const { sale, paid, external } of report.balances) {
      const shared = at(sale);
      shared.paid = Math.min(shared.paid, paid);
      const share = shareOf(shared, device);
      share.external = Math.max(share.external, external);
    }
    const counted = new Set(
      report.refunds
        .filter(({ money, training }) => !training && countsAgainst(money))
        .map(({ seq }) => seq),
    );
    for (const { claims: fact } of chains.get(device)?.values() ?? [])
      if (fact.kind === "refund" && fact.core.sale !== undefined && counted.has(fact.seq)) {
        const share = shareOf(at(fact.core.sale), device);
        share.reserved += fact.core.amt;
        share.refunds.push(fact);
      }
  }
  return [...all.values()];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** A device that has counted what the others gave back refunded knowingly; nobody else may have. */
const knewOfOthers = (share: Share, all: readonly Share[]): boolean =>
  share.external >= sum(all.filter((other) => other !== share).map(({ reserved }) => reserved));

const judge = (shared: Shared, report: Report): void => {
  const shares = [...shared.shares.values()].filter(({ refunds }) => refunds.length > 0);
  if (shares.length < 2) return;
  const isOver = sum(shares.map(({ reserved }) => reserved)) > shared.paid;
  const isBlind = !shares.some((share) => knewOfOthers(share, shares));
  for (const fact of shares.flatMap(({ refunds }) => refunds)) {
    if (isOver) report("F_SALE_OVERREFUND", fact);
    if (isOver || isBlind) report("F_DUP_REFUND_DEVICES", fact);
  }
};

/** Finds payments that two devices refunded without knowing of each other, and those that give more than was paid. */
export const checkShares = (
  reports: readonly VerifyReport[],
  chains: Chains,
  report: Report,
): void => {
  for (const shared of sharesOf(reports, chains)) judge(shared, report);
};
