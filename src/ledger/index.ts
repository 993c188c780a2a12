/**
 * The stable entry of refundlog/1 for whoever checks records without the app: canonical JSON (§3), strict tokens (§3),
 * disclosures (§2), the tree (§6), keys (§8), codes of slips (§15) and whole files (§17). Names here are only added to.
 */
export { decodeBase64url, encodeBase64url, hashBytes, hashText } from "./base64url.ts";
export { canonicalize, parseStrict, parseStrictBytes, writeStrict } from "./canonical.ts";
export { digestOf, openDisclosures, parseDisclosure } from "./disclosure.ts";
export { findings, severityOf, verdictOf } from "./findings.ts";
export { hashJwt, isStrictSignature, makeJws, parseJws, verifyJws, withLowS } from "./jws.ts";
export { fingerprint, parseJwk, thumbprint } from "./keys.ts";
export {
  appendLeaf,
  edgeOf,
  emptyEdge,
  leafHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "./merkle.ts";
export { splitPins } from "./pins.ts";
export { parseReceipt } from "./receipt-text.ts";
export { verifyRefundlog } from "./verify.ts";
export { verifyTogether } from "./verify-together.ts";
