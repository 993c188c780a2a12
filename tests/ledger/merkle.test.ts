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
import { plainRoot } from "../support/rfc6962.ts";
import { isDeep } from "../support/deep.ts";

const sizes = Array.from({ length: 131 }, (_, size) => size);
const entries = sizes.map((n) => `record ${n}`);
const leaves = entries.map(leafHash);
const expectedRoots = sizes.map((size) => plainRoot(entries.slice(0, size)) as Hash);
const rootAt = (size: number): Hash => expectedRoots[size] ?? leafHash("");
const other = leafHash("another record");

/** Trees one leaf before, at and after a power of two, where their shape changes. */
const isEdge = (size: number) => [size - 1, size, size + 1].some((one) => edgeLength(one) === 1);

/** Every pair of small trees; of larger ones, in CI those at an edge, the powers of two, the last, and every seventh. */
const isChosen = (old: number, size: number) =>
  size <= 18 ||
  (isDeep && (size <= 34 || size === 130)) ||
  ((isDeep || isEdge(size)) && isOldChosen(old, size));

const isOldChosen = (old: number, size: number) =>
  old >= size - 1 || edgeLength(old) === 1 || old % 7 === 0;

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
    expect(edgeOf(leaves.slice(0, 60)).hashes).toEqual([
      plainRoot(entries.slice(0, 32)),
      plainRoot(entries.slice(32, 48)),
      plainRoot(entries.slice(48, 56)),
      plainRoot(entries.slice(56, 60)),
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
