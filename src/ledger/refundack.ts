import { fail, ok, type Result } from "../domain/result.ts";
import { toBytes } from "./base64url.ts";
import { writeStrict } from "./canonical.ts";
import { parseJws } from "./jws.ts";
import { parseLine, readLines } from "./parse-refundlog.ts";

/** The signed texts of a `.refundack` file, or of one scanned code (refundlog.md §14). */
export type RefundAck = { readonly acks: readonly string[]; readonly statuses: readonly string[] };

export type RefundAckFault = { readonly kind: "ack_unreadable" };

const unreadable: RefundAckFault = { kind: "ack_unreadable" };

const readCode = (text: string): RefundAck | undefined => {
  if (parseJws(text, "refund-ack+jwt").ok) return { acks: [text], statuses: [] };
  if (parseJws(text, "refund-status+jwt").ok) return { acks: [], statuses: [text] };
  return undefined;
};

const readFile = async (text: string): Promise<Result<RefundAck, RefundAckFault>> => {
  const acks: string[] = [];
  const statuses: string[] = [];
  for await (const raw of readLines(toBytes(text))) {
    const line = parseLine(raw);
    if (!raw.isTerminated || !line.ok) return fail(unreadable);
    if (line.line.t === "ack") acks.push(line.line.j);
    else if (line.line.t === "status") statuses.push(line.line.j);
    else return fail(unreadable);
  }
  return acks.length + statuses.length === 0 ? fail(unreadable) : ok({ acks, statuses });
};

/** Reads a `.refundack`: lines of type `ack` and `status` with a final line feed, or one such token alone. */
export const parseRefundAck = async (text: string): Promise<Result<RefundAck, RefundAckFault>> => {
  const code = readCode(text.trim());
  return code === undefined ? readFile(text) : ok(code);
};

/** The lines of a `.refundack`, a line feed after each. */
export const writeRefundAck = ({ acks, statuses }: RefundAck): string =>
  [...acks.map((j) => ({ j, t: "ack" })), ...statuses.map((j) => ({ j, t: "status" }))]
    .map((line) => `${writeStrict(line)}\n`)
    .join("");
