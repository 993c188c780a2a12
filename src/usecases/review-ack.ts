import type { Hash } from "../domain/ids.ts";
import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashText } from "../ledger/base64url.ts";
import { isFindingCode, type FindingCode } from "../ledger/findings.ts";
import { rootOf } from "../ledger/merkle.ts";
import { tokenReaders } from "../ledger/open-tokens.ts";
import { parseRefundAck, type RefundAckFault } from "../ledger/refundack.ts";
import type { Acknowledgement, Revocation } from "../ledger/tokens.ts";
import { edgeAt } from "../storage/edge-at.ts";
import { tokensOfKind } from "../storage/tokens.ts";
import { compareOwn, type OwnChainFault } from "./compare-own.ts";
import type { Deps } from "./deps.ts";
import { knownAs, knownKeys, type Known, type KnownKeys } from "./known-keys.ts";
import { openSigned, type Signed, type SignedFault } from "./open-signed.ts";

/** What one acknowledgement will say of this till's records. */
export type ReviewedAck = {
  readonly token: string;
  readonly hash: Hash;
  readonly by: Known;
  readonly role: "root" | "office";
  /** Everything up to here was verified … */
  readonly seq: number;
  readonly head: Hash;
  /** … at this time of the office's clock. */
  readonly at: Instant;
  readonly flags: readonly { readonly seq: number; readonly code: FindingCode }[];
  /** It was applied before. */
  readonly isKnown: boolean;
  /** The office's clock is ahead of this device's: later records would seem older than the acknowledgement. */
  readonly isClockBehind: boolean;
};

/** A key that will no longer count after the record `seq`. */
export type ReviewedRevocation = {
  readonly key: Known;
  readonly seq: number;
  readonly why: Revocation["why"];
};

export type AckReview = {
  readonly acks: readonly ReviewedAck[];
  readonly statuses: readonly {
    readonly token: string;
    readonly iat: number;
    readonly signer: Known;
  }[];
  readonly revocations: readonly ReviewedRevocation[];
};

export type ReviewFault =
  | RefundAckFault
  | SignedFault
  | OwnChainFault
  /** It is about another device. */
  | { readonly kind: "ack_not_ours" }
  /** The last record agrees and the tree over all of them does not. */
  | { readonly kind: "ack_root_differs"; readonly seq: number }
  /** It names a list of revoked keys that is neither here nor beside it. */
  | { readonly kind: "ack_status_missing" };

const slack = 300;

const office = ["root", "office"] as const;

const checkRoot = async (
  { journal, device }: Deps,
  { seq, root }: Acknowledgement,
): Promise<boolean> => {
  const edge = await edgeAt(journal.db, device, seq);
  return edge !== undefined && (rootOf(edge) as string) === root;
};

const compare = async (
  deps: Deps,
  claims: Acknowledgement,
  lists: ReadonlySet<string>,
): Promise<ReviewFault | undefined> => {
  const { dev, seq, head, status } = claims;
  if (dev !== deps.device) return { kind: "ack_not_ours" };
  const own = await compareOwn(deps, { seq, head });
  if (!own.ok) return own.fault;
  if (!(await checkRoot(deps, claims))) return { kind: "ack_root_differs", seq };
  if (status !== undefined && !lists.has(status)) return { kind: "ack_status_missing" };
  return undefined;
};

const reviewed = async (
  deps: Deps,
  { token, hash, by, role, claims }: Signed<Acknowledgement>,
): Promise<ReviewedAck> => {
  const { seq, head, iat, flags = [] } = claims;
  const known = await deps.journal.db.acks
    .where("[device+seq]")
    .equals([deps.device, seq])
    .toArray();
  return {
    token,
    hash,
    by,
    role: role === "root" ? "root" : "office",
    seq,
    head,
    at: instantFromSeconds(iat),
    flags: flags.flatMap(([at, code]) => (isFindingCode(code) ? [{ seq: at, code }] : [])),
    isKnown: known.some((ack) => ack.token === hash),
    isClockBehind: deps.now() / 1000 < iat - slack,
  };
};

type Lists = Pick<AckReview, "statuses" | "revocations">;

const readStatuses = async (
  keys: KnownKeys,
  tokens: readonly string[],
): Promise<Result<Lists, SignedFault>> => {
  const statuses: Lists["statuses"][number][] = [];
  const revocations: ReviewedRevocation[] = [];
  for (const token of tokens) {
    const read = await openSigned(keys, token, tokenReaders.statusList, office);
    if (!read.ok) return read;
    const { by, claims } = read.value;
    statuses.push({ token, iat: claims.iat, signer: by });
    for (const { kid, seq, why } of claims.list)
      revocations.push({ key: knownAs(keys, kid), seq, why });
  }
  return ok({ statuses, revocations });
};

/** Everything an acknowledgement would change, checked against this till's own records; nothing is written. */
export const reviewAck = async (
  deps: Deps,
  text: string,
): Promise<Result<AckReview, ReviewFault>> => {
  const parsed = await parseRefundAck(text);
  if (!parsed.ok) return parsed;
  const keys = await knownKeys(deps);
  const lists = await readStatuses(keys, parsed.value.statuses);
  if (!lists.ok) return lists;
  const held = (await tokensOfKind(deps.journal.db, "status")).map(({ hash }) => hash as string);
  const known = new Set([
    ...held,
    ...parsed.value.statuses.map((token) => hashText(token) as string),
  ]);
  const acks: ReviewedAck[] = [];
  for (const token of parsed.value.acks) {
    const read = await openSigned(keys, token, tokenReaders.acknowledgement, office);
    if (!read.ok) return read;
    const refused = await compare(deps, read.value.claims, known);
    if (refused !== undefined) return fail(refused);
    acks.push(await reviewed(deps, read.value));
  }
  return ok({ acks, ...lists.value });
};
