import type { DeviceId, Hash } from "../domain/ids.ts";
import { firstInstant, instantFromSeconds, type Instant } from "../domain/instant.ts";
import { decodeBase64url } from "../ledger/base64url.ts";
import { isPlainObject, parseStrictBytes } from "../ledger/canonical.ts";
import type { RecordHash } from "../ledger/record.ts";
import type { Database } from "./database.ts";
import { findHandedOut } from "./handed-out.ts";
import type { Mark } from "./marks.ts";
import { highest, lowest } from "./paging.ts";
import { findRecord } from "./queries.ts";
import type { TokenRow } from "./rows.ts";
import { tokensOfKind } from "./tokens.ts";

/** Who has seen a record of this very chain: the office, another till, this till's own code or slip, or a file that left. */
export type PinKind = "ack" | "wit" | "cp" | "slip" | "export";

type HeldPin = {
  readonly by: PinKind;
  readonly device: DeviceId;
  readonly seq: number;
  readonly head: Hash;
  readonly at: Instant;
};

/** The chain does not hold what somebody has seen of it. */
export type Broken =
  | { readonly kind: "cut"; readonly mark: Mark; readonly by: PinKind; readonly lastSeq: number }
  | { readonly kind: "forked"; readonly seq: number; readonly by: PinKind };

const timeIn = (token: string): Instant => {
  const bytes = decodeBase64url(token.split(".")[1] ?? "");
  const payload = bytes === undefined ? undefined : parseStrictBytes(bytes);
  const iat =
    payload?.ok === true && isPlainObject(payload.value) ? payload.value["iat"] : undefined;
  return typeof iat === "number" ? instantFromSeconds(iat) : firstInstant;
};

const pinOf = ({ kind, device, seq, head, token }: TokenRow): readonly HeldPin[] =>
  kind === "status" || head === undefined
    ? []
    : [{ by: kind, device, seq, head, at: timeIn(token) }];

/** The furthest of each kind is enough: records before it are tied to it; of slips all, as only those that contradict are kept. */
const pinsOf = async (db: Database, device: DeviceId): Promise<readonly HeldPin[]> => {
  const furthest = await Promise.all(
    (["ack", "wit", "cp"] as const).map((kind) =>
      db.tokens
        .where("[kind+device+seq]")
        .between([kind, device, lowest], [kind, device, highest], true, true)
        .last(),
    ),
  );
  const rows = [...furthest, ...(await tokensOfKind(db, "slip", device))];
  const out = await findHandedOut(db);
  const file = out === undefined ? undefined : await db.exports.get(out.exportId);
  const exported: readonly HeldPin[] =
    out === undefined
      ? []
      : [{ by: "export", device, seq: out.seq, head: out.hash, at: file?.at ?? firstInstant }];
  return [...rows.flatMap((row) => (row === undefined ? [] : pinOf(row))), ...exported];
};

const judge = async (db: Database, pin: HeldPin, lastSeq: number): Promise<Broken | undefined> => {
  const { device, seq, head, at, by } = pin;
  if (seq > lastSeq)
    return { kind: "cut", mark: { device, seq, head: head as RecordHash, at }, by, lastSeq };
  const record = await findRecord(db, { device, seq });
  return record?.hash === head ? undefined : { kind: "forked", seq, by };
};

const reach = (broken: Broken): number => (broken.kind === "cut" ? broken.mark.seq : -broken.seq);

/** The worst that anything outside the chain says against it: the furthest cut, else the earliest fork. */
export const findBroken = async (db: Database, device: DeviceId): Promise<Broken | undefined> => {
  const lastSeq = (await db.heads.get(device))?.seq ?? -1;
  const judged = await Promise.all(
    (await pinsOf(db, device)).map((pin) => judge(db, pin, lastSeq)),
  );
  const broken = judged.filter((one) => one !== undefined);
  const worst = (kind: Broken["kind"]): Broken | undefined =>
    broken.filter((one) => one.kind === kind).sort((a, b) => reach(b) - reach(a))[0];
  return worst("cut") ?? worst("forked");
};
