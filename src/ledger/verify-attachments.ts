import { decodeBase64url, hashBytes } from "./base64url.ts";
import type { FindingCode } from "./findings.ts";
import { limits, type LineOf } from "./parse-refundlog.ts";
import type { Absence, Chain } from "./verify-chain.ts";

const faultOf = (chain: Chain, line: LineOf<"att">): FindingCode | undefined => {
  const bytes = decodeBase64url(line.b64);
  if (bytes === undefined) return "E_B64";
  if (bytes.length > limits.attachmentBytes) return "E_LIMIT";
  if (hashBytes(bytes) !== line.sha256) return "E_ATT_DIGEST";
  if (chain.erasedFiles.has(line.sha256)) return "E_ERASE";
  const named = chain.attachments.get(line.sha256);
  if (named === undefined) return "E_ATT_UNREFERENCED";
  const fits = named.every(({ size, type }) => size === bytes.length && type === line.type);
  return fits ? undefined : "E_ATT_DIGEST";
};

/** Judges one attachment line by the records before it (refundlog.md §11). */
export const takeAttachmentLine = (
  chain: Chain,
  carried: Set<string>,
  line: LineOf<"att">,
): readonly FindingCode[] => {
  const fault = faultOf(chain, line);
  const isRepeated = carried.has(line.sha256);
  carried.add(line.sha256);
  return [...(fault === undefined ? [] : [fault]), ...(isRepeated ? ["E_LINE_TYPE" as const] : [])];
};

/** Attachments that records name and the file does not carry: kept back, erased or missing. */
export const checkAttachments = (chain: Chain, carried: ReadonlySet<string>): void => {
  let isWithheld = false;
  for (const [sha256, named] of chain.attachments) {
    if (carried.has(sha256) || chain.erasedFiles.has(sha256)) continue;
    if (chain.omit.includes("att")) isWithheld = true;
    else chain.report("E_ATT_MISSING", named[0]?.seq);
  }
  if (isWithheld) chain.report("W_ATT_WITHHELD");
};

/** How many digests below `det`, or the one of `det` itself, the head says are kept back. */
const countOmitted = ({ missesDet, missesCtx, omit }: Absence): number => {
  if (missesDet) return Number(omit.includes("det"));
  return Number(missesCtx && omit.includes("ctx")) + Number(omit.includes("cust"));
};

/** Disclosures that records name and do not carry: withheld, erased or missing (refundlog.md §10). */
export const checkAbsences = (chain: Chain): void => {
  let isWithheld = false;
  for (const absence of chain.absences) {
    const { seq, digests, missesDet, missesCtx, omit } = absence;
    const rest = digests.filter((digest) => !chain.erasedDigests.has(digest));
    if (rest.length < digests.length) chain.report("W_ERASED", seq);
    const losesCtx = missesCtx && !missesDet && !omit.includes("ctx");
    if (rest.length > countOmitted(absence) || losesCtx) chain.report("E_SD_MISSING", seq);
    else if (rest.length > 0) isWithheld = true;
  }
  if (isWithheld) chain.report("W_WITHHELD");
};
