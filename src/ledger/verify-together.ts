import { given } from "../domain/given.ts";
import type { DeviceId } from "../domain/ids.ts";
import type { Finding } from "./findings.ts";
import { thumbprint } from "./keys.ts";
import { erasableIn, mayErase } from "./rules/erasable.ts";
import type { FactOf } from "./rules/fact.ts";
import type { VerifiedRecord } from "./verify-record.ts";
import type { VerifyReport } from "./verify-report.ts";
import { checkShares, factsOf, type Chains, type Report } from "./verify-shares.ts";

/** A finding that no single file shows, with the chain it is about. */
export type TogetherFinding = Finding & { readonly device: DeviceId };

/** Files of one device are one chain; another record at a known number is a fork. */
const joinChains = (reports: readonly VerifyReport[], report: Report): Chains => {
  const chains = new Map<DeviceId, Map<number, VerifiedRecord>>();
  for (const { chain } of reports)
    for (const record of chain?.records ?? []) {
      const known = chains.get(record.device) ?? new Map<number, VerifiedRecord>();
      chains.set(record.device, known);
      const beside = known.get(record.seq);
      if (beside === undefined) known.set(record.seq, record);
      else if (beside.hash !== record.hash) report("E_FORK", record);
    }
  return chains;
};

const lastOf = (chain: ReadonlyMap<number, VerifiedRecord>): number =>
  [...chain.keys()].reduce((last, seq) => Math.max(last, seq), -1);

type Named = { readonly dev: DeviceId; readonly seq: number; readonly h: string };

const namedByMoney = ({ core }: FactOf<"money">): readonly Named[] => {
  const { dev, refs, rh = [] } = core;
  return dev === undefined ? [] : refs.map((seq, index) => ({ dev, seq, h: rh[index] ?? "" }));
};

const namedByWork = ({
  core,
}: FactOf<"goods" | "notice" | "contact" | "erase">): readonly Named[] => {
  const { dev, ref, rh = "" } = core;
  return dev === undefined || ref === undefined ? [] : [{ dev, seq: ref, h: rh }];
};

const namedByPayment = ({ det }: FactOf<"payment">): readonly Named[] =>
  det?.peer === undefined ? [] : [{ dev: det.peer.k, seq: det.peer.s, h: det.peer.h }];

/** Where a replaced key stood, by the chain that goes on in its place. */
const namedByGenesis = ({ core: { cont } }: FactOf<"genesis">): readonly Named[] =>
  cont === undefined ? [] : [{ dev: cont.kid, seq: cont.seq, h: cont.h }];

/** What a record says about records of another device: its number there and its hash. */
const namedBy = (fact: VerifiedRecord["claims"]): readonly Named[] => {
  if (fact.kind === "genesis") return namedByGenesis(fact);
  if (fact.kind === "money") return namedByMoney(fact);
  if (fact.kind === "payment") return namedByPayment(fact);
  const works = fact.kind === "goods" || fact.kind === "notice" || fact.kind === "contact";
  return works || fact.kind === "erase" ? namedByWork(fact) : [];
};

const checkForeign = (chains: Chains, report: Report): void => {
  for (const fact of factsOf(chains))
    for (const { dev, seq, h } of namedBy(fact)) {
      const record = chains.get(dev)?.get(seq);
      if (record !== undefined && record.hash !== h) report("E_REF", fact);
    }
};

/** The key that a chain names as its next goes on with it, and one that goes on was named by it (refundlog.md §8). */
const checkSuccession = (chains: Chains, report: Report): void => {
  const facts = factsOf(chains);
  const next = new Map(
    facts.flatMap((fact) =>
      fact.kind === "rotate" ? [[fact.device, thumbprint(fact.core.jwk)] as const] : [],
    ),
  );
  const from = new Map<DeviceId, DeviceId | undefined>(
    facts.flatMap((fact) =>
      fact.kind === "genesis" ? [[fact.device, fact.core.cont?.kid] as const] : [],
    ),
  );
  for (const [device, before] of from) {
    const named = before === undefined ? undefined : next.get(before);
    if (named !== undefined && named !== device) report("E_REF", { device, seq: 0 });
  }
  for (const fact of facts) {
    const after = fact.kind === "rotate" ? next.get(fact.device) : undefined;
    if (after !== undefined && from.has(after) && from.get(after) !== fact.device)
      report("E_REF", fact);
  }
};

/** Of another chain too only what is personal is erased; a file of it that was made before may still carry that. */
const checkErasures = (chains: Chains, report: Report): void => {
  for (const fact of factsOf(chains)) {
    if (fact.kind !== "erase" || fact.core.dev === undefined) continue;
    const record = chains.get(fact.core.dev)?.get(fact.core.ref);
    if (record === undefined || record.hash !== fact.core.rh) continue;
    if (!mayErase(fact.core, erasableIn(record.claims))) report("E_ERASE", fact);
  }
};

/** A head that one till saw of another must stand in the other's file. */
const checkWitnesses = (chains: Chains, report: Report): void => {
  for (const fact of factsOf(chains)) {
    if (fact.kind !== "wit") continue;
    const { k, s, h } = fact.core;
    const chain = chains.get(k);
    if (chain === undefined) continue;
    const record = chain.get(s);
    if (record !== undefined && record.hash !== h) report("E_PIN_FORK", { device: k, seq: s });
    if (s > lastOf(chain)) report("E_PIN_BEYOND_HEAD", { device: k, seq: s });
  }
};

const refundsIn = (chains: Chains): readonly FactOf<"refund">[] =>
  factsOf(chains).filter((fact): fact is FactOf<"refund"> => fact.kind === "refund");

/** No refund number is ever two devices'. */
const checkNumbers = (chains: Chains, report: Report): void => {
  const byNumber = new Map<string, FactOf<"refund">[]>();
  for (const fact of refundsIn(chains))
    byNumber.set(fact.core.no, [...(byNumber.get(fact.core.no) ?? []), fact]);
  for (const facts of byNumber.values())
    if (new Set(facts.map(({ device }) => device)).size > 1)
      for (const fact of facts) report("E_NO", fact);
};

/**
 * What only several files together show (refundlog.md §17 step 10): forks, numbers and payments that two devices used,
 * references and sightings that contradict each other. Takes reports of valid files that kept their records.
 */
export const verifyTogether = (reports: readonly VerifyReport[]): readonly TogetherFinding[] => {
  const found: TogetherFinding[] = [];
  const report: Report = (code, { device, seq }) =>
    void found.push({ code, device, ...given("seq", seq) });
  const chains = joinChains(reports, report);
  checkForeign(chains, report);
  checkSuccession(chains, report);
  checkErasures(chains, report);
  checkWitnesses(chains, report);
  checkNumbers(chains, report);
  checkShares(reports, chains, report);
  return found;
};
