import type { CaseId, DeviceId, PaymentId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fingerprint, parseJwk } from "../ledger/keys.ts";
import { readSafely } from "../storage/append-record.ts";
import {
  joinRecords,
  mergeRecords,
  previewMerge,
  type Continuation,
  type JoinFault,
  type MergeSaved,
  type MergeStoreFault,
} from "../storage/merge-records.ts";
import { getPayment } from "../storage/queries.ts";
import { saveRingKey, shopRoots, type Certified } from "../storage/ring.ts";
import type { AttachmentRow } from "../storage/rows.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { readContent, type Content } from "./device-file-content.ts";
import { readFileHead, sightingsFor } from "./known-pins.ts";
import { eraseAsAsked } from "./erase-as-asked.ts";
import { versionLacking } from "./own-payment.ts";
import { isOut, recordEvents, type RecordFault } from "./record-event.ts";
import { revocations, takeStatusList } from "./status-lists.ts";
import type { FileReport, VerifyFile, VerifyFileFault } from "./verify-file.ts";
import { recordSighting } from "./witness-chain.ts";

/** How a file is verified: in a worker, with progress and cancel. */
export type MergeJob = { readonly verifyFile: VerifyFile } & Parameters<VerifyFile>[2];

/** Another device's file as it was verified and compared with what is here; nothing of it is stored yet. */
export type DeviceFile = {
  readonly device: DeviceId;
  readonly label: string | undefined;
  readonly fingerprint: string;
  readonly from: number;
  readonly to: number;
  /** Records that are new here, and records that are here already. */
  readonly fresh: number;
  readonly known: number;
  /** Refunds that will wait for a decision. */
  readonly conflicts: readonly CaseId[];
  readonly joined: Continuation;
  readonly attachments: readonly AttachmentRow[];
  readonly keys: readonly Certified[];
  readonly statuses: readonly string[];
};

/** What a merge did. */
export type Merged = Pick<DeviceFile, "device" | "label" | "fresh" | "known" | "conflicts"> & {
  readonly copies: 1 | 2;
  /** Payments of which this device's own chain had to say more after it. */
  readonly versions: number;
};

export type MergeFault =
  | LockedFault
  | NotEntitled
  | RecordFault
  | VerifyFileFault
  | MergeStoreFault
  | JoinFault
  /** Nothing is taken of a file in which anything is wrong. */
  | { readonly kind: "invalid"; readonly report: FileReport }
  | { readonly kind: "own_device" }
  /** Its records count up to `seq` only, and the file goes on behind it. */
  | { readonly kind: "revoked"; readonly seq: number };

const verified = async (
  deps: Deps,
  file: Blob,
  { verifyFile, ...job }: MergeJob,
): Promise<Result<FileReport, MergeFault>> => {
  const cuts = await revocations(deps);
  const head = await readFileHead(file);
  const cut = head && cuts.get(head.dev);
  if (cut !== undefined && head !== undefined && head.to > cut.seq)
    return fail({ kind: "revoked", seq: cut.seq });
  const pins = await sightingsFor(deps, file);
  const trust = { roots: await shopRoots(deps.journal.db), pins, revoked: [...cuts.values()] };
  const report = await verifyFile(file, trust, job);
  if (!report.ok) return report;
  const { verdict, signer } = report.value;
  return verdict === "invalid" || signer.kind !== "pinned"
    ? fail({ kind: "invalid", report: report.value })
    : ok(report.value);
};

const conflictsIn = async (deps: Deps, joined: Continuation): Promise<readonly CaseId[]> => {
  const { before, after } = await previewMerge(deps.journal.db, joined, deps.device);
  return [...after.cases.values()]
    .filter(({ caseId, conflict }) => conflict && before.cases.get(caseId)?.conflict !== true)
    .map(({ caseId }) => caseId)
    .sort();
};

const certifiedIn = ({ keys }: Content): readonly Certified[] =>
  keys.flatMap(({ cert, jwk }) => {
    const key = parseJwk(jwk);
    return key.ok ? [{ certificate: cert, jwk: key.value }] : [];
  });

const compare = async (
  deps: Deps,
  report: FileReport,
  content: Content,
): Promise<Result<DeviceFile, MergeFault>> => {
  const { records, attachments, statuses } = content;
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined || last.hash !== report.head)
    return fail({ kind: "invalid", report });
  const { device } = first;
  if (device === deps.device) return fail({ kind: "own_device" });
  const joined = await joinRecords(deps.journal.db, records);
  if (!joined.ok) return joined;
  return ok({
    device,
    label: report.signer.kind === "none" ? undefined : report.signer.label,
    fingerprint: fingerprint(device),
    from: first.seq,
    to: last.seq,
    fresh: joined.value.fresh.length,
    known: joined.value.known,
    conflicts: await conflictsIn(deps, joined.value),
    joined: joined.value,
    attachments,
    keys: certifiedIn(content),
    statuses,
  });
};

/**
 * Verifies another device's file under this shop's own root and compares it with what is here. Nothing is written, but the
 * record of a fork, which is kept as evidence.
 */
export const readDeviceFile = async (
  deps: Deps,
  file: Blob,
  job: MergeJob,
): Promise<Result<DeviceFile, MergeFault>> => {
  const staff = whoMay(deps, "import_file");
  if (!staff.ok) return staff;
  const report = await verified(deps, file, job);
  return report.ok ? compare(deps, report.value, await readContent(file)) : report;
};

/** Payments that the merged records speak of, under whichever of their ids. */
const paymentsIn = ({ fresh }: Continuation): readonly PaymentId[] => [
  ...new Set(
    fresh.flatMap(({ recorded }) => {
      const event = recorded?.event;
      if (event?.kind === "payment") return [event.paymentId];
      return event?.kind === "refund" && event.paymentId !== undefined ? [event.paymentId] : [];
    }),
  ),
];

const mostAtOnce = 200;

/** Says in the own chain what it has to say of these payments to verify alone; of one it never spoke of it says nothing. */
const sayInOwn = async (
  deps: Deps,
  ids: readonly PaymentId[],
): Promise<Result<number, RecordFault>> => {
  let count = 0;
  for (let first = 0; first < ids.length; first += mostAtOnce) {
    const some = ids.slice(first, first + mostAtOnce);
    const plan = async () => ok({ events: await lacking(deps, some) });
    const saved = await recordEvents<never>(deps, plan);
    if (!saved.ok) return saved;
    count += saved.value.records.length;
  }
  return ok(count);
};

const lacking = async (deps: Deps, ids: readonly PaymentId[]) => {
  const payments = await Promise.all(ids.map((id) => getPayment(deps.journal.db, id)));
  const own = payments.flatMap((payment) => (payment?.own === undefined ? [] : [payment]));
  const versions = await Promise.all(own.map((payment) => versionLacking(deps, payment)));
  return versions.flatMap((event) => (event === undefined ? [] : [{ event }]));
};

/** Keys that this shop's root vouches for, then what the root or the office revoked: an office key may come with its list. */
const takeKeys = async (
  deps: Deps,
  { keys, statuses }: Pick<DeviceFile, "keys" | "statuses">,
): Promise<void> => {
  const { db } = deps.journal;
  const trust = { roots: await shopRoots(db), verify: deps.verify };
  for (const key of keys) await saveRingKey(db, key, trust);
  for (const token of statuses) await takeStatusList(deps, token);
};

/** The own chain bears out how far that one goes (refundlog.md §6); where others have seen more of it there is nothing to add. */
const witnessHead = async (
  deps: Deps,
  { joined, label, fingerprint: key }: Pick<DeviceFile, "joined" | "label" | "fingerprint">,
): Promise<Result<undefined, RecordFault>> => {
  const { device, seq, hash: head } = joined.head;
  const seen = await recordSighting(deps, { device, seq, head, via: "file", label: label ?? key });
  if (seen.ok) return seen;
  return "label" in seen.fault ? ok(undefined) : fail(seen.fault);
};

/**
 * What that device erased of this one's records goes by an own record, in the name of who merges; where they may not erase,
 * it is asked for until somebody does.
 */
const eraseHere = async (deps: Deps): Promise<Result<unknown, RecordFault | NotEntitled>> =>
  whoMay(deps, "erase").ok ? eraseAsAsked(deps) : ok(undefined);

/**
 * Takes another device's records in: all of them or none, with their head and all that follows; then this device's own chain
 * says of each payment that both know what the other one refunded of it (refundlog.md §16), and how far that chain goes. The
 * same file again changes nothing.
 */
export const mergeDeviceFile = async (
  deps: Deps,
  file: DeviceFile,
): Promise<Result<Merged, MergeFault>> => {
  const staff = whoMay(deps, "import_file");
  if (!staff.ok) return staff;
  const { journal } = deps;
  const { joined, attachments } = file;
  const merged = await deps.exclusively<Result<MergeSaved, MergeFault>>(async () => {
    const out = await readSafely(journal, () => isOut(deps));
    if (!out.ok) return out;
    return out.value
      ? fail({ kind: "locked" })
      : mergeRecords(journal, joined, { home: deps.device, attachments });
  });
  if (!merged.ok) return merged;
  await takeKeys(deps, file);
  const erased = await eraseHere(deps);
  if (!erased.ok) return erased;
  const said = await sayInOwn(deps, paymentsIn(joined));
  if (!said.ok) return said;
  const witnessed = await witnessHead(deps, file);
  if (!witnessed.ok) return witnessed;
  const { device, label, fresh, known, conflicts } = file;
  const { copies } = merged.value;
  return ok({ device, label, fresh, known, conflicts, copies, versions: said.value });
};
