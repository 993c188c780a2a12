import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Hash } from "../../src/domain/ids.ts";
import {
  appendLeaf,
  edgeLength,
  edgeOf,
  emptyEdge,
  leafHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "../../src/ledger/merkle.ts";

/** RFC 6962 §2.1, word for word, over node's SHA-256. */
const mth = (entries: readonly string[]): Buffer => {
  const sha256 = (...parts: (Uint8Array | string)[]) => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Uint8Array.of(0), entries[0] ?? "");
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Uint8Array.of(1), mth(entries.slice(0, k)), mth(entries.slice(k)));
};

const sizes = Array.from({ length: 131 }, (_, size) => size);
const entries = sizes.map((n) => `record ${n}`);
const leaves = entries.map(leafHash);
const expectedRoots = sizes.map(
  (size) => mth(entries.slice(0, size)).toString("base64url") as Hash,
);
const rootAt = (size: number): Hash => expectedRoots[size] ?? leafHash("");
const other = leafHash("another record");

describe("Merkle tree of RFC 6962", () => {
  it("has the independently computed root at every size up to 130, appended leaf by leaf", () => {
    let edge = emptyEdge;
    for (const size of sizes) {
      expect(rootOf(edge)).toBe(expectedRoots[size]);
      expect(edge.hashes.length).toBe(edgeLength(size));
      expect(edge).toEqual(edgeOf(leaves.slice(0, size)));
      edge = appendLeaf(edge, leaves[size] ?? other);
    }
  });

  it("keeps the roots of the complete subtrees at its edge, largest first", () => {
    const root = (from: number, to: number) => mth(entries.slice(from, to)).toString("base64url");
    expect(edgeOf(leaves.slice(0, 60)).hashes).toEqual([
      root(0, 32),
      root(32, 48),
      root(48, 56),
      root(56, 60),
    ]);
  });

  it("proves every leaf of every size up to 40, and nothing else", () => {
    for (const size of sizes.slice(1, 41)) {
      const tree = leaves.slice(0, size);
      for (const [index, leaf] of tree.entries()) {
        const proof = proveInclusion(tree, index);
        expect(verifyInclusion({ leaf, index, size }, rootAt(size), proof)).toBe(true);
        expect(verifyInclusion({ leaf: other, index, size }, rootAt(size), proof)).toBe(false);
        expect(verifyInclusion({ leaf, index, size }, rootAt(size), [...proof, other])).toBe(false);
        expect(verifyInclusion({ leaf, index: index + 1, size }, rootAt(size), proof)).toBe(false);
      }
    }
  });

  /** Every pair of small trees; of larger ones the edges of powers of two, the last, and every seventh. */
  const isChosen = (old: number, size: number) =>
    size <= 34 || size === 130 || old >= size - 1 || edgeLength(old) === 1 || old % 7 === 0;

  it("proves that an older tree is a prefix, for all sizes up to 130", { timeout: 30_000 }, () => {
    for (const size of sizes) {
      const tree = leaves.slice(0, size);
      for (const old of sizes.slice(0, size + 1).filter((one) => isChosen(one, size))) {
        const proof = proveConsistency(tree, old);
        const older = { size: old, root: rootAt(old) };
        const newer = { size, root: rootAt(size) };
        expect([old, size, verifyConsistency(older, newer, proof)]).toEqual([old, size, true]);
        const wrong = verifyConsistency({ size: old, root: other }, newer, proof);
        const lengthened = verifyConsistency(older, newer, [...proof, other]);
        const against =
          old < size && old > 0 && verifyConsistency(older, { size, root: other }, proof);
        expect([old, size, wrong, lengthened, against]).toEqual([old, size, false, false, false]);
        if (proof.length > 0) expect(verifyConsistency(older, newer, proof.slice(1))).toBe(false);
      }
    }
  });

  it("refuses an older tree that is larger, negative or fractional", () => {
    const newer = { size: 4, root: rootAt(4) };
    for (const size of [5, -1, 1.5])
      expect(verifyConsistency({ size, root: rootAt(4) }, newer, [])).toBe(false);
  });
});
