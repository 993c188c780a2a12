import type { Hash } from "../domain/ids.ts";
import type { TreeEdge } from "./merkle.ts";
import { manifest as manifestShape, type Manifest } from "./tokens.ts";
import { linesOf, type End, type RootClaim } from "./verify-tail.ts";
import { openToken } from "./verify-tokens.ts";
import { edgeAfter, rootsAt, toldEdge } from "./verify-tree.ts";

/** The manifest, if the device signed it. */
export const readManifest = async (end: End): Promise<Manifest | undefined> => {
  const line = linesOf(end, "end").at(-1);
  if (line === undefined) return undefined;
  const read = await openToken(end.trust, line.j, "refund-export+jwt", manifestShape);
  if (typeof read !== "string" && read.kid === end.chain.device) return read.claims;
  end.report("E_MANIFEST_SIG", { line: line.line });
  return undefined;
};

const isOfThisFile = ({ head, chain }: End, claims: Manifest): boolean =>
  head !== undefined &&
  claims.xid === head.xid &&
  claims.from === head.from &&
  claims.to === head.to &&
  claims.iat === head.created &&
  chain.last?.xid === claims.xid;

const countsRight = ({ chain, counted }: End, claims: Manifest): boolean => {
  const count = chain.marks.length;
  return (
    claims.rec === count &&
    claims.to - claims.from + 1 === count &&
    claims.att === counted.attachments
  );
};

/** Compares what the manifest says with the file before it. */
export const checkManifest = (end: End, claims: Manifest): void => {
  const { chain, counted } = end;
  const at = { line: linesOf(end, "end").at(-1)?.line ?? 0 };
  if (claims.bytes !== counted.bytes) end.report("E_FILE_LENGTH", at);
  if (claims.sha256 !== counted.sha256) end.report("E_FILE_DIGEST", at);
  if (!isOfThisFile(end, claims)) end.report("E_MANIFEST_MISMATCH", at);
  if (!countsRight(end, claims)) end.report("E_COUNT", at);
  if (claims.head !== (chain.last?.hash as string | undefined)) end.report("E_HEAD", at);
};

/** The edge at the first record: of nothing, of the known records, or as the manifest tells it. */
export const startEdge = (end: End, claims: Manifest | undefined): TreeEdge | undefined => {
  const { chain } = end;
  const size = chain.state.from;
  if (size === 0 || chain.known === size) return edgeAfter(chain.leaves, size);
  return toldEdge(claims?.edge ?? [], size);
};

/** The manifest's edge must be that of the records before the first. */
export const checkEdge = (end: End, claims: Manifest, edge: TreeEdge | undefined): void => {
  const told = claims.edge.join();
  if (edge === undefined || edge.hashes.join() !== told) end.report("E_ROOT", {});
};

/** Compares every root somebody signed, and tells the root of the whole. */
export const compareRoots = (
  end: End,
  edge: TreeEdge | undefined,
  claims: readonly RootClaim[],
): Hash | undefined => {
  const { chain } = end;
  const size = chain.state.from + chain.leaves.length - chain.known;
  const sizes = new Set([size, ...claims.map((claim) => claim.size)]);
  const isWhole = chain.state.from === 0 || chain.known === chain.state.from;
  const start = isWhole ? edgeAfter([], 0) : edge;
  const roots = start === undefined ? new Map<number, Hash>() : rootsAt(start, chain.leaves, sizes);
  for (const { size: at, root, code, at: place } of claims) {
    const known = roots.get(at);
    if (known !== undefined && (known as string) !== root) end.report(code, place);
  }
  return roots.get(size);
};
