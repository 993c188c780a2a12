import { createHash } from "node:crypto";

const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const treeHash = (entries: readonly string[]): Buffer => {
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Uint8Array.of(0), entries[0] ?? "");
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Uint8Array.of(1), treeHash(entries.slice(0, k)), treeHash(entries.slice(k)));
};

/** RFC 6962 §2.1, word for word, over node's SHA-256; shares no line with the ledger. */
export const plainRoot = (entries: readonly string[]): string =>
  treeHash(entries).toString("base64url");
