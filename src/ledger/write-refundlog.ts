import type { DeviceId, Hash } from "../domain/ids.ts";
import { decodeBase64url, encodeBase64url, toBytes } from "./base64url.ts";
import { readUtf8, writeStrict, type JsonObject } from "./canonical.ts";
import { erasureIn } from "./erasure.ts";
import { makeJws, type Signer } from "./jws.ts";
import type { Customer } from "./kinds/shapes.ts";
import { appendLeaf, leafHash, rootOf, type TreeEdge } from "./merkle.ts";
import { writeRecordLine } from "./record-line.ts";
import type { Bytes, Jwk, RecordHash, SignedRecord } from "./record.ts";
import { newDigest } from "./sha256.ts";
import type { Manifest } from "./tokens.ts";

/** What may be kept back without erasing it (refundlog.md §10). */
export type Omission = "att" | "ctx" | "cust" | "det";

/** Everything an export file is made of; `records` are from..to in order, the last an `export` with this xid. */
export type ExportPlan = {
  readonly created: number;
  readonly device: DeviceId;
  readonly from: number;
  readonly to: number;
  readonly xid: string;
  readonly omit: readonly Omission[];
  /** What single records, by number, carry of that all the same. */
  readonly shows?: ReadonlyMap<number, ReadonlySet<Omission>>;
  readonly keys: readonly { readonly cert: string; readonly jwk: Jwk }[];
  readonly records: Iterable<SignedRecord> | AsyncIterable<SignedRecord>;
  /** Edge of the tree over the records before `from`. */
  readonly edge: TreeEdge;
  readonly tokens: Readonly<Record<"ack" | "wit" | "cp" | "status", readonly string[]>>;
  readonly findAttachment: (sha256: Hash) => Promise<Uint8Array | undefined>;
};

type Attached = ReadonlyMap<Hash, string>;

type Written = {
  readonly edge: TreeEdge;
  readonly head: RecordHash | undefined;
  readonly attached: Attached;
};

/** `det` takes `ctx` and `cust` along: nothing else refers to them. */
const withheld = (omit: readonly Omission[]): ReadonlySet<Omission> =>
  new Set(omit.includes("det") ? [...omit, "ctx" as const, "cust" as const] : omit);

type Triple = readonly [salt: string, name: Omission, value: JsonObject];

const readOwn = (text: string): Triple => {
  const json = readUtf8(decodeBase64url(text) ?? new Uint8Array());
  if (json === undefined) throw new Error("a stored disclosure is damaged");
  return JSON.parse(json) as Triple;
};

/** How base64url spells a name of a member, by where among three bytes it begins. */
const spellings = (name: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const text = `${" ".repeat(before)}"${name}":`;
    const whole = [Math.ceil((before * 8) / 6), Math.floor((text.length * 8) / 6)];
    return encodeBase64url(toBytes(text)).slice(...whole);
  });

const evidence = spellings("ev");

/** Most disclosures name no file, which their text shows without being read. */
const mayNameFiles = (text: string): boolean =>
  evidence.some((spelling) => text.includes(spelling));

const evidenceIn = (value: JsonObject): NonNullable<Customer["ev"]> =>
  (value["ev"] ?? []) as NonNullable<Customer["ev"]>;

/** A record as this file carries it, and the attachments that it then refers to. */
const carry = (
  record: SignedRecord,
  out: ReadonlySet<Omission>,
): { readonly record: SignedRecord; readonly evidence: NonNullable<Customer["ev"]> } => {
  const kept =
    out.size === 0
      ? record.disclosures
      : record.disclosures.filter((text) => !out.has(readOwn(text)[1]));
  return {
    record: { ...record, disclosures: kept },
    evidence: kept.filter(mayNameFiles).flatMap((text) => evidenceIn(readOwn(text)[2])),
  };
};

/** What one record leaves out. */
const leavesOut = (
  { shows }: ExportPlan,
  out: ReadonlySet<Omission>,
  seq: number,
): ReadonlySet<Omission> => {
  const shown = shows?.get(seq);
  return shown === undefined ? out : new Set([...out].filter((name) => !shown.has(name)));
};

/** Attachments that the chain erased of itself; what it erased of another chain it may still carry for its own. */
const erasedIn = (record: SignedRecord): readonly Hash[] => {
  const erasure = erasureIn(record);
  return erasure?.device === record.device ? erasure.files : [];
};

async function* recordLines(plan: ExportPlan): AsyncGenerator<string, Written> {
  const out = withheld(plan.omit);
  const attached = new Map<Hash, string>();
  let { edge } = plan;
  let head: RecordHash | undefined;
  for await (const record of plan.records) {
    if (record.seq !== edge.size) throw new Error("records of an export must follow each other");
    const carried = carry(record, leavesOut(plan, out, record.seq));
    yield writeRecordLine(carried.record);
    for (const { sha256: digest, type } of carried.evidence) attached.set(digest, type);
    for (const digest of erasedIn(record)) attached.delete(digest);
    edge = appendLeaf(edge, leafHash(record.jwt));
    head = record.hash;
  }
  return { edge, head, attached: out.has("att") ? new Map() : attached };
}

function* tokenLines({ tokens }: ExportPlan): Generator<string> {
  for (const t of ["ack", "wit", "cp", "status"] as const)
    for (const j of tokens[t]) yield writeStrict({ j, t });
}

async function* attachmentLines(plan: ExportPlan, attached: Attached): AsyncGenerator<string> {
  for (const [digest, type] of attached) {
    const bytes = await plan.findAttachment(digest);
    if (bytes !== undefined)
      yield writeStrict({ b64: encodeBase64url(bytes), sha256: digest, t: "att", type });
  }
}

const headLine = (plan: ExportPlan): string =>
  writeStrict({
    created: plan.created,
    dev: plan.device,
    fmt: "refundlog/1",
    from: plan.from,
    omit: [...withheld(plan.omit)].sort(),
    t: "head",
    to: plan.to,
    xid: plan.xid,
  });

type Sum = { readonly bytes: number; readonly att: number; readonly sha256: Hash };

const manifestOf = (plan: ExportPlan, written: Written, sum: Sum): Manifest => {
  if (written.head === undefined || written.edge.size !== plan.to + 1)
    throw new Error("an export must hold every record from..to");
  return {
    ...sum,
    edge: [...plan.edge.hashes],
    from: plan.from,
    head: written.head,
    iat: plan.created,
    rec: plan.to - plan.from + 1,
    root: rootOf(written.edge),
    to: plan.to,
    v: 1,
    xid: plan.xid,
  };
};

/** Writes a `.refundlog` line by line, line feeds included (refundlog.md §12); the last line signs all before it. */
export async function* writeRefundlog(plan: ExportPlan, signer: Signer): AsyncGenerator<Bytes> {
  const digest = newDigest();
  let size = 0;
  const count = (line: string): Bytes => {
    const bytes = toBytes(`${line}\n`);
    digest.update(bytes);
    size += bytes.length;
    return bytes;
  };
  yield count(headLine(plan));
  for (const { cert, jwk } of plan.keys) yield count(writeStrict({ cert, jwk, t: "key" }));
  const lines = recordLines(plan);
  let next = await lines.next();
  for (; next.done !== true; next = await lines.next()) yield count(next.value);
  for (const line of tokenLines(plan)) yield count(line);
  let att = 0;
  for await (const line of attachmentLines(plan, next.value.attached)) {
    att += 1;
    yield count(line);
  }
  const sum = { bytes: size, att, sha256: encodeBase64url(digest.finish()) as Hash };
  const manifest = manifestOf(plan, next.value, sum);
  yield toBytes(
    `${writeStrict({ j: await makeJws("refund-export+jwt", manifest, signer), t: "end" })}\n`,
  );
}
