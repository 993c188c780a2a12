import type { Acked } from "../domain/books.ts";
import { parseJws, peekPayload, type TokenType } from "../ledger/jws.ts";
import type { ExportPlan } from "../ledger/write-refundlog.ts";
import type { ShopKey } from "../storage/ring.ts";
import type { TokenRow } from "../storage/rows.ts";
import { tokensOfKind } from "../storage/tokens.ts";
import type { Deps } from "./deps.ts";
import { knownKeys, type KnownKeys } from "./known-keys.ts";
import { statusLists } from "./status-lists.ts";

type Range = { readonly from: number; readonly to: number };

/** What a file carries beside its records, the keys of the shop, and those that signed it, which the file must bring along. */
export type Carried = {
  readonly tokens: ExportPlan["tokens"];
  readonly shopKeys: KnownKeys["shopKeys"];
  readonly signers: readonly ShopKey[];
};

const acksIn = (deps: Deps, { from, to }: Range): Promise<readonly Acked[]> =>
  deps.journal.db.acks
    .where("ref")
    .startsWith(`${deps.device}:`)
    .filter(({ record }) => record.seq >= from && record.seq <= to)
    .toArray();

const within =
  ({ from, to }: Range) =>
  ({ seq }: TokenRow): boolean =>
    seq >= from && seq <= to;

const signerOf = (token: string, typ: TokenType, { shopKeys }: KnownKeys): readonly ShopKey[] => {
  const jws = parseJws(token, typ);
  const key = jws.ok ? shopKeys.get(jws.value.kid) : undefined;
  return key === undefined ? [] : [key];
};

/** The status list that an acknowledgement names must stand in the same file. */
const statusNamed = ({ token }: TokenRow): string | undefined => {
  const { status } = peekPayload(token, "refund-ack+jwt") ?? {};
  return typeof status === "string" ? status : undefined;
};

const typOf = {
  ack: "refund-ack+jwt",
  wit: "refund-wit+jwt",
  cp: "refund-cp+jwt",
  status: "refund-status+jwt",
} as const;

/** Acknowledgements whose record is in the file, statements and checkpoints about its records, and every status list of the shop. */
export const carriedTokens = async (deps: Deps, range: Range): Promise<Carried> => {
  const { db } = deps.journal;
  const recorded = new Set((await acksIn(deps, range)).map(({ token }) => token));
  const acks = (await tokensOfKind(db, "ack", deps.device)).filter(({ hash }) =>
    recorded.has(hash),
  );
  const wits = (await tokensOfKind(db, "wit", deps.device)).filter(within(range));
  const cps = (await tokensOfKind(db, "cp", deps.device)).filter(within(range));
  const named = new Set(acks.map(statusNamed));
  const keys = await knownKeys(deps);
  const good = new Set(await statusLists(deps, keys));
  const statuses = (await tokensOfKind(db, "status")).filter(
    ({ hash, token }) => named.has(hash) || good.has(token),
  );
  const rows = { ack: acks, wit: wits, cp: cps, status: statuses };
  const kinds = Object.keys(rows) as readonly (keyof typeof rows)[];
  const signers = kinds.flatMap((kind) =>
    rows[kind].flatMap(({ token }) => signerOf(token, typOf[kind], keys)),
  );
  const texts = (kind: keyof typeof rows) => rows[kind].map(({ token }) => token);
  return {
    tokens: { ack: texts("ack"), wit: texts("wit"), cp: texts("cp"), status: texts("status") },
    shopKeys: keys.shopKeys,
    signers: [...new Map(signers.map((key) => [key.kid, key])).values()],
  };
};
