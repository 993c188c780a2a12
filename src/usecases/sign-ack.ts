import type { DeviceId, Hash } from "../domain/ids.ts";
import { given } from "../domain/given.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { hashText, toBytes } from "../ledger/base64url.ts";
import { severityOf } from "../ledger/findings.ts";
import { makeJws } from "../ledger/jws.ts";
import { thumbprint } from "../ledger/keys.ts";
import { writeRefundAck } from "../ledger/refundack.ts";
import type { Acknowledgement } from "../ledger/tokens.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { fileName } from "./file-name.ts";
import { readFileHead } from "./known-pins.ts";
import { openRoot, type RootFault } from "./own-root.ts";
import { statusLists } from "./status-lists.ts";
import type { FileReport } from "./verify-file.ts";

/** A file that was verified here, and what was found. */
export type VerifiedFile = { readonly file: Blob; readonly report: FileReport };

/** What goes back to the till: as a file, and its texts for codes. */
export type SignedAck = {
  readonly file: OutFile;
  readonly token: string;
  /** The newest list of revoked keys, which it names; the till needs both, and the file brings every other list. */
  readonly status: string | undefined;
};

export type SignAckFault =
  | LockedFault
  | NotEntitled
  | RootFault
  /** Only a whole, valid file under this shop's own root is acknowledged. */
  | { readonly kind: "ack_not_verified" };

const mostFlags = 1000;
/** What a person at the till should look at: findings about records, each once. */
const flagsOf = ({ findings }: FileReport): Acknowledgement["flags"] => {
  const flags = findings.flatMap(({ code, seq }): [number, string][] =>
    severityOf(code) === "finding" && seq !== undefined ? [[seq, code]] : [],
  );
  const once = new Map(flags.map((flag) => [flag.join(), flag]));
  return once.size === 0 ? undefined : [...once.values()].slice(0, mostFlags);
};

type Verified = {
  readonly dev: DeviceId;
  readonly seq: number;
  readonly head: Hash;
  readonly root: Hash;
};

/** What can be acknowledged of a report; undefined where only a part was seen, or anything is wrong. */
const verifiedOf = ({
  verdict,
  signer,
  from,
  to,
  head,
  root,
}: FileReport): Verified | undefined => {
  if (verdict === "invalid" || signer.kind !== "pinned" || from !== 0) return undefined;
  if (to === undefined || head === undefined || root === undefined) return undefined;
  return { dev: signer.kid as DeviceId, seq: to, head: head as Hash, root: root as Hash };
};

/** Whether a file can be acknowledged here at all. */
export const isAcknowledgeable = (report: FileReport): boolean => verifiedOf(report) !== undefined;

/** Acknowledges a verified file with the shop's root, which the recovery code opens (refundlog.md §14). */
export const signAck = async (
  deps: Deps,
  { file, report }: VerifiedFile,
  recoveryCode: string,
): Promise<Result<SignedAck, SignAckFault>> => {
  const staff = whoMay(deps, "manage_devices");
  if (!staff.ok) return staff;
  const verified = verifiedOf(report);
  if (verified === undefined) return fail({ kind: "ack_not_verified" });
  const root = await openRoot(deps, recoveryCode);
  if (!root.ok) return root;
  const statuses = await statusLists(deps);
  const status = statuses.at(-1);
  const claims: Acknowledgement = {
    ...verified,
    iat: Math.floor(deps.now() / 1000),
    v: 1,
    ...given("flags", flagsOf(report)),
    ...given("status", status === undefined ? undefined : hashText(status)),
    ...given("xid", (await readFileHead(file))?.xid),
  };
  const signer = { kid: thumbprint(root.value.jwk), sign: root.value.sign };
  const token = await makeJws("refund-ack+jwt", claims, signer);
  const text = writeRefundAck({ acks: [token], statuses });
  const name = fileName(deps, "ack", "refundack");
  return ok({ file: { name, type: "text/plain", bytes: toBytes(text) }, token, status });
};
