import type { Hash } from "../domain/ids.ts";
import type { FindingCode } from "./findings.ts";
import type { LineOf } from "./parse-refundlog.ts";
import type { Revocation } from "./tokens.ts";
import type { Chain } from "./verify-chain.ts";
import type { Trust } from "./verify-tokens.ts";

/** A signed line after the records. */
export type TailLine = {
  readonly t: "ack" | "wit" | "cp" | "status" | "end";
  readonly j: string;
  readonly line: number;
};

/** Notes a finding with its line, its record, or neither. */
type LineReport = (code: FindingCode, at: { line?: number; seq?: number }) => void;

/** What stands before the last line, as counted while reading. */
type Counted = {
  readonly bytes: number;
  readonly sha256: Hash;
  readonly attachments: number;
};

/** A whole file, read to its last line. */
export type End = {
  readonly chain: Chain;
  readonly trust: Trust;
  readonly head: LineOf<"head"> | undefined;
  readonly tail: readonly TailLine[];
  readonly pins: readonly string[];
  /** Keys that are known to be revoked, from beside the file. */
  readonly revoked: readonly Revocation[];
  readonly counted: Counted;
  readonly report: LineReport;
};

/** A root that somebody signed, to be compared once all roots are known. */
export type RootClaim = {
  readonly size: number;
  readonly root: string;
  readonly code: FindingCode;
  readonly at: { line?: number; seq?: number };
};

/** The tail lines of one type, in the order of the file. */
export const linesOf = ({ tail }: End, t: TailLine["t"]): readonly TailLine[] =>
  tail.filter((line) => line.t === t);
