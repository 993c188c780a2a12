import type { CaseId } from "../../src/domain/ids.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { hashText, toBytes } from "../../src/ledger/base64url.ts";
import { parseDisclosure } from "../../src/ledger/disclosure.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import type { SignedRecord } from "../../src/ledger/record.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { saveAttachment } from "../../src/storage/save-attachment.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { valueOf } from "./a.ts";
import { aShop } from "./deps.ts";
import type { MemorySafetyCopy } from "./memory-safety-copy.ts";
import { quiet } from "./money-steps.ts";
import { payNow, refundNow } from "./refunds.ts";

/** What a test types about a customer. */
export const note = "王女士说凉皮太咸";
/** What the customer said on the telephone. */
export const said = "顾客电话里很生气";
const last4 = "517X";
/** Who paid, as a slip shows it. */
export const payer = "王*芳";
/** Bytes of a picture of a paper. */
export const picture = "a picture of a paper";

/** Nothing of these may be found anywhere once they were erased. */
export const secrets = [note, said, last4, payer, picture];

/** A picture of a paper that is kept on this device. */
export const aPaper = async (deps: Deps, text = picture): Promise<EvidenceFile> => {
  const sha256 = hashText(text);
  await saveAttachment(deps.journal.db, sha256, toBytes(text));
  return { kind: "id", sha256, size: toBytes(text).length, type: "image/jpeg" };
};

/** A refund, and the picture that its records name. */
export type Told = { readonly deps: Deps; readonly caseId: CaseId; readonly paper: EvidenceFile };

/** A refund whose note, identity, call, paper and payer are known, and another one that nobody erases. */
export const aToldRefund = async (): Promise<Told> => {
  const { deps } = await aShop();
  const of = await payNow(deps, { payer });
  const paper = await aPaper(deps);
  const caseId = await refundNow(deps, {
    of,
    note,
    evidence: [paper],
    identity: { paper: "id_card", last4 },
  });
  valueOf(
    await logContact(deps, caseId, {
      with: "customer",
      via: "phone",
      text: said,
      evidence: [paper],
    }),
  );
  await refundNow(deps, { note: "别的顾客" });
  return { deps, caseId, paper };
};

/** Erases it all, as the customer asked. */
export const erase = async ({ deps, caseId }: Told) =>
  eraseCustomer(deps, { caseId, payer: true, why: "request" });

/** Every record of every chain. */
export const recordsOf = (deps: Deps): Promise<readonly SignedRecord[]> =>
  deps.journal.db.records.orderBy("[device+seq]").toArray();

/** Every disclosure opened, so that a search finds what base64url hides. */
export const opened = (text: string): string =>
  text.replaceAll(/[\w-]{40,}/g, (part) => {
    const plain = Buffer.from(part, "base64url").toString("utf8");
    return parseDisclosure(part).ok ? plain : part;
  });

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one instanceof ArrayBuffer ? Buffer.from(one).toString("utf8") : one,
  );

/** Everything that the database, the safety copy and the drafts hold, with every disclosure opened. */
export const storedText = async (
  { journal: { db, safetyCopy } }: Deps,
  drafts: ReadonlyMap<string, unknown> = new Map(),
): Promise<string> => {
  const tables = await Promise.all(db.tables.map((table) => table.toArray()));
  const files = [...(safetyCopy as MemorySafetyCopy).files.values()];
  const copies = files.map((bytes) => Buffer.from(bytes).toString("latin1"));
  return opened([textOf(tables), ...copies, textOf([...drafts.values()])].join("\n"));
};

/** What of the customer any store still tells. */
export const leftIn = async (
  deps: Deps,
  drafts: ReadonlyMap<string, unknown> = new Map(),
): Promise<readonly string[]> => {
  const text = await storedText(deps, drafts);
  return secrets.filter((secret) => text.includes(secret));
};

/** The whole journal as a file. */
export const fileOf = async (deps: Deps): Promise<Uint8Array<ArrayBuffer>> =>
  valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet })).file.bytes;

const reportOf = async (deps: Deps, bytes: Uint8Array<ArrayBuffer>) => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  if (root === undefined) throw new Error("no root");
  const roots = new Map([[thumbprint(root), root]]);
  return valueOf(await verifyRefundlog({ source: bytes, verify: deps.verify, roots }));
};

/** What a verifier finds in a file made now, each code once. */
export const codesOf = async (deps: Deps): Promise<readonly string[]> => [
  ...new Set((await reportOf(deps, await fileOf(deps))).findings.map(({ code }) => code)),
];
