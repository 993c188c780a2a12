import { given } from "../domain/given.ts";
import type { DeviceId, StaffId } from "../domain/ids.ts";
import { instantFromSeconds, type Zone } from "../domain/instant.ts";
import type { JournalEvent, Personal, Recorded } from "../domain/journal-event.ts";
import type { JsonObject } from "./canonical.ts";
import { makeDisclosures } from "./disclosure.ts";
import { hashJwt, makeJws, verifyJws } from "./jws.ts";
import { checkShape, type ShapeProblem } from "./kinds/index.ts";
import { toClaims, type UnsealedClaims } from "./kinds/events.ts";
import { writePersonal } from "./kinds/mapping.ts";
import type { Context, Customer } from "./kinds/shapes.ts";
import { appendLeaf, emptyEdge, leafHash, type TreeEdge } from "./merkle.ts";
import type { Jwk, Random, RecordHash, Sign, SignedRecord, Verify } from "./record.ts";

/** Gross sums of all non-training refunds of a chain, by currency. */
export type Totals = { readonly [currency: string]: number };

/** Where a chain stands: all that its next record needs to know. */
export type ChainHead = {
  readonly seq: number;
  readonly hash: RecordHash;
  readonly edge: TreeEdge;
  readonly totals: Totals;
  /** The device's clock at the last record, seconds. */
  readonly iat: number;
};

/** Circumstances of a record: who, when by the device's clock, in which build. */
export type SealContext = {
  readonly device: DeviceId;
  readonly iat: number;
  readonly training: boolean;
  readonly app: string;
  readonly clock: readonly [start: number, ms: number];
  readonly staff: StaffId;
  readonly zone: Zone;
};

/** The device's key and what it needs around it. */
export type Seal = {
  readonly jwk: Jwk;
  readonly sign: Sign;
  readonly verify: Verify;
  readonly random: Random;
};

/** What is to be said, in claims, and everything personal about it. */
export type Said = { readonly claims: UnsealedClaims; readonly cust?: Customer };

export type Sealed = { readonly record: SignedRecord; readonly head: ChainHead };

const totalsAfter = (before: Totals, { core }: UnsealedClaims, context: SealContext): Totals => {
  const { amt, cur } = core;
  const counts = core.kind === "refund" && !context.training;
  if (!counts || typeof amt !== "number" || typeof cur !== "string") return before;
  return { ...before, [cur]: (before[cur] ?? 0) + amt };
};

const bearsTotals = ({ core }: UnsealedClaims): boolean =>
  core.kind === "refund" || core.kind === "close";

const contextClaims = (said: Said, context: SealContext, totals: Totals): Context => ({
  app: context.app,
  clk: [context.clock[0], context.clock[1]],
  staff: context.staff,
  tz: context.zone,
  ...given("tot", bearsTotals(said.claims) ? totals : undefined),
});

const corePayload = (
  said: Said,
  head: ChainHead | undefined,
  context: SealContext,
): JsonObject => ({
  v: 1,
  ...said.claims.core, // a kind of a later version says its own
  seq: head === undefined ? 0 : head.seq + 1,
  prev: head === undefined ? context.device : head.hash,
  iat: context.iat,
  ...given("trn", context.training ? true : undefined),
});

const refuse = (problems: readonly ShapeProblem[]): void => {
  if (problems.length === 0) return;
  const texts = problems.map(({ part, path, message }) => `${part} ${path}: ${message}`);
  throw new Error(`a record of bad shape is never signed: ${texts.join("; ")}`);
};

const signOwn = async (payload: JsonObject, device: DeviceId, seal: Seal): Promise<string> => {
  const jwt = await makeJws("refund+sd-jwt", payload, { kid: device, sign: seal.sign });
  const ownKey = (kid: string) => (kid === device ? seal.jwk : undefined);
  const checked = await verifyJws(jwt, "refund+sd-jwt", ownKey, seal.verify);
  if (!checked.ok)
    throw new Error(`the device cannot verify its own record: ${checked.fault.kind}`);
  return jwt;
};

/** Seals claims as the next record of a chain; claims that no verifier would accept are a bug and throw. */
export const sealClaims = async (
  said: Said,
  head: ChainHead | undefined,
  context: SealContext,
  seal: Seal,
): Promise<Sealed> => {
  const { kind } = said.claims.core;
  if ((head === undefined) !== (kind === "genesis")) throw new Error("a chain begins with genesis");
  const totals = totalsAfter(head?.totals ?? {}, said.claims, context);
  const ctx = contextClaims(said, context, totals);
  const { det } = said.claims;
  const { sd, disclosures } = makeDisclosures({ det, ctx, cust: said.cust }, seal.random);
  const payload: JsonObject = { ...corePayload(said, head, context), _sd: sd };
  // ctx has at least one digest; which one it is does not matter to the shape
  refuse(checkShape(kind, { payload, det: { ...det, _sd: sd }, ctx, cust: said.cust }));
  const jwt = await signOwn(payload, context.device, seal);
  const hash = hashJwt(jwt);
  const seq = head === undefined ? 0 : head.seq + 1;
  const edge = appendLeaf(head?.edge ?? emptyEdge, leafHash(jwt));
  return {
    record: { device: context.device, seq, kind, jwt, disclosures, hash },
    head: { seq, hash, edge, totals, iat: context.iat },
  };
};

/** An event and everything personal about it. */
export type Told<E extends JournalEvent> = { readonly event: E; readonly personal?: Personal };

/** Seals an event as the next record of the device's chain, and says how the journal holds it. */
export const sealRecord = async <E extends JournalEvent>(
  { event, personal }: Told<E>,
  head: ChainHead | undefined,
  context: SealContext,
  seal: Seal,
): Promise<Sealed & { readonly recorded: Recorded<E> }> => {
  const { device, staff, zone, training, iat } = context;
  const claims = toClaims(event, { device, zone });
  const cust = personal && writePersonal(personal);
  const sealed = await sealClaims({ claims, ...given("cust", cust) }, head, context, seal);
  const { seq, hash } = sealed.record;
  const recorded: Recorded<E> = {
    ref: { device, seq },
    hash,
    at: instantFromSeconds(iat),
    staff,
    zone,
    training,
    clockBack: head !== undefined && iat < head.iat,
    event,
    ...given("personal", personal),
  };
  return { ...sealed, recorded };
};
