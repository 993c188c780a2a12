import type { Hash } from "../domain/ids.ts";
import { decodeBase64url, encodeBase64url, hashBytes, hashText } from "./base64url.ts";
import { sha256 } from "./sha256.ts";

/**
 * Right edge of an RFC 6962 tree: the roots of its complete subtrees, largest first.
 * It is all that an append needs: O(log n).
 */
export type TreeEdge = { readonly size: number; readonly hashes: readonly Hash[] };

export const emptyEdge: TreeEdge = { size: 0, hashes: [] };

/** Leaf hash of one record: SHA-256(0x00 ‖ ASCII of its JWT); of bytes as they are. */
export const leafHash = (entry: string | Uint8Array): Hash => {
  if (typeof entry === "string") return hashText(`\0${entry}`);
  const bytes = new Uint8Array(entry.length + 1);
  bytes.set(entry, 1);
  return hashBytes(bytes);
};

/** SHA-256(0x01 ‖ left ‖ right). */
const nodeHash = (left: Hash, right: Hash): Hash => {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  bytes.set(decodeBase64url(left) ?? [], 1);
  bytes.set(decodeBase64url(right) ?? [], 33);
  return encodeBase64url(sha256(bytes)) as Hash;
};

/** The edge after one more leaf. */
export const appendLeaf = (edge: TreeEdge, leaf: Hash): TreeEdge => {
  const hashes = [...edge.hashes];
  let last = leaf;
  for (let size = edge.size; size % 2 === 1; size = (size - 1) / 2)
    last = nodeHash(hashes.pop() ?? last, last);
  hashes.push(last);
  return { size: edge.size + 1, hashes };
};

/** Number of subtrees at the edge of a tree of that size: the ones in its binary form. */
export const edgeLength = (size: number): number => {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
};

/** Root of the tree with this edge; of the empty tree the hash of nothing. */
export const rootOf = (edge: TreeEdge): Hash => {
  const last = edge.hashes.at(-1);
  if (last === undefined) return hashBytes(new Uint8Array());
  return edge.hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
};

/** The edge of a tree over these leaf hashes. */
export const edgeOf = (leaves: readonly Hash[]): TreeEdge => leaves.reduce(appendLeaf, emptyEdge);

/** Largest power of two below a size ≥ 2. */
const split = (size: number): number => {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
};

const rootOfLeaves = (leaves: readonly Hash[]): Hash => rootOf(edgeOf(leaves));

/** RFC 6962 §2.1.1: the hashes beside the path from a leaf to the root, lowest first. */
export const proveInclusion = (leaves: readonly Hash[], index: number): readonly Hash[] => {
  if (leaves.length <= 1) return [];
  const middle = split(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return index < middle
    ? [...proveInclusion(left, index), rootOfLeaves(right)]
    : [...proveInclusion(right, index - middle), rootOfLeaves(left)];
};

const foldInclusion = (
  leaf: Hash,
  at: { readonly index: number; readonly size: number },
  proof: readonly Hash[],
): Hash | undefined => {
  if (at.size === 1) return proof.length === 0 ? leaf : undefined;
  const beside = proof.at(-1);
  if (beside === undefined) return undefined;
  const middle = split(at.size);
  const inLeft = at.index < middle;
  const below = inLeft
    ? { index: at.index, size: middle }
    : { index: at.index - middle, size: at.size - middle };
  const child = foldInclusion(leaf, below, proof.slice(0, -1));
  if (child === undefined) return undefined;
  return inLeft ? nodeHash(child, beside) : nodeHash(beside, child);
};

export type Inclusion = { readonly leaf: Hash; readonly index: number; readonly size: number };

/** Whether a leaf stands at its index in the tree of that size and root. */
export const verifyInclusion = (
  inclusion: Inclusion,
  root: Hash,
  proof: readonly Hash[],
): boolean => {
  const { leaf, index, size } = inclusion;
  const possible = Number.isSafeInteger(index) && index >= 0 && index < size;
  return possible && foldInclusion(leaf, { index, size }, proof) === root;
};

const proveSubtree = (leaves: readonly Hash[], size: number, isWhole: boolean): readonly Hash[] => {
  if (size === leaves.length) return isWhole ? [] : [rootOfLeaves(leaves)];
  const middle = split(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return size <= middle
    ? [...proveSubtree(left, size, isWhole), rootOfLeaves(right)]
    : [...proveSubtree(right, size - middle, false), rootOfLeaves(left)];
};

/** RFC 6962 §2.1.2: the proof that the first `size` leaves are a prefix of all. */
export const proveConsistency = (leaves: readonly Hash[], size: number): readonly Hash[] =>
  size === 0 ? [] : proveSubtree(leaves, size, true);

type Roots = { readonly old: Hash; readonly now: Hash };

/** Old and new root that a proof leads to; `known` is the old root while the old tree is a whole left subtree. */
const foldConsistency = (
  sizes: { readonly old: number; readonly now: number },
  proof: readonly Hash[],
  known: Hash | undefined,
): Roots | undefined => {
  const last = proof.at(-1);
  if (sizes.old === sizes.now) {
    const same = known ?? last;
    const used = known === undefined ? 1 : 0;
    return same === undefined || proof.length !== used ? undefined : { old: same, now: same };
  }
  if (last === undefined) return undefined;
  const middle = split(sizes.now);
  const rest = proof.slice(0, -1);
  if (sizes.old <= middle) {
    const left = foldConsistency({ old: sizes.old, now: middle }, rest, known);
    return left && { old: left.old, now: nodeHash(left.now, last) };
  }
  const below = { old: sizes.old - middle, now: sizes.now - middle };
  const right = foldConsistency(below, rest, undefined);
  return right && { old: nodeHash(last, right.old), now: nodeHash(last, right.now) };
};

export type TreeHead = { readonly size: number; readonly root: Hash };

/** Whether the older tree is a prefix of the newer one. */
export const verifyConsistency = (
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Hash[],
): boolean => {
  if (!Number.isSafeInteger(older.size) || older.size < 0 || older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0 && older.root === rootOf(emptyEdge);
  const roots = foldConsistency({ old: older.size, now: newer.size }, proof, older.root);
  return roots !== undefined && roots.old === older.root && roots.now === newer.root;
};
