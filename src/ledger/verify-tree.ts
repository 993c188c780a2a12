import type { Hash } from "../domain/ids.ts";
import { appendLeaf, edgeLength, emptyEdge, rootOf, type TreeEdge } from "./merkle.ts";

/** Roots of the tree at the sizes asked for, in one walk over the leaves that follow an edge. */
export const rootsAt = (
  start: TreeEdge,
  leaves: readonly Hash[],
  sizes: ReadonlySet<number>,
): ReadonlyMap<number, Hash> => {
  const roots = new Map<number, Hash>();
  let edge = start;
  if (sizes.has(edge.size)) roots.set(edge.size, rootOf(edge));
  for (const leaf of leaves) {
    edge = appendLeaf(edge, leaf);
    if (sizes.has(edge.size)) roots.set(edge.size, rootOf(edge));
  }
  return roots;
};

/** The edge after the first leaves. */
export const edgeAfter = (leaves: readonly Hash[], count: number): TreeEdge =>
  leaves.slice(0, count).reduce(appendLeaf, emptyEdge);

/** An edge that a manifest tells of records that are not here; undefined when it cannot be one. */
export const toldEdge = (hashes: readonly Hash[], size: number): TreeEdge | undefined =>
  hashes.length === edgeLength(size) ? { size, hashes } : undefined;
