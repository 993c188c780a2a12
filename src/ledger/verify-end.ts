import type { Hash } from "../domain/ids.ts";
import type { Pin } from "./pins.ts";
import type { Manifest } from "./tokens.ts";
import { checkAcks, type Ack } from "./verify-acks.ts";
import {
  checkEdge,
  checkManifest,
  compareRoots,
  readManifest,
  startEdge,
} from "./verify-manifest.ts";
import { linesOf, type End, type RootClaim } from "./verify-tail.ts";
import { readCheckpoints, readPins, readWitnesses } from "./verify-witnesses.ts";

/** What the end of a file tells beside its findings. */
export type EndResult = {
  readonly root: Hash | undefined;
  /** Last record that something outside the device bears out. */
  readonly pinnedTo: number | undefined;
  readonly foreignPins: number;
};

const rootClaim = (pin: Pin): readonly RootClaim[] =>
  pin.root === undefined
    ? []
    : [{ size: pin.seq + 1, root: pin.root, code: "E_PIN_FORK", at: { seq: pin.seq } }];

const claimsOf = (
  end: End,
  manifest: Manifest | undefined,
  acks: readonly Ack[],
): readonly RootClaim[] => {
  const line = linesOf(end, "end").at(-1)?.line ?? 0;
  const whole: RootClaim[] =
    manifest === undefined
      ? []
      : [{ size: end.chain.next, root: manifest.root, code: "E_ROOT", at: { line } }];
  const acked = acks.map(({ claims, line: at }): RootClaim => ({
    size: claims.seq + 1,
    root: claims.root,
    code: "E_ACK",
    at: { line: at },
  }));
  return [...whole, ...acked];
};

/** Everything that can only be judged after the last line (refundlog.md §17 steps 3 and 9). */
export const checkEnd = async (end: End): Promise<EndResult> => {
  const manifest = await readManifest(end);
  const acks = await checkAcks(end);
  const checkpoints = await readCheckpoints(end);
  const witnesses = await readWitnesses(end);
  const pins = await readPins(end);
  const edge = startEdge(end, manifest);
  if (manifest !== undefined) {
    checkManifest(end, manifest);
    checkEdge(end, manifest, edge);
  }
  const signed = claimsOf(end, manifest, acks);
  const noted = pins.held.flatMap(rootClaim);
  const root = compareRoots(end, edge, [...signed, ...checkpoints, ...noted]);
  const acked = acks.map(({ claims }) => claims.seq).filter((seq) => seq < end.chain.next);
  const outside = [...acked, ...[...witnesses, ...pins.held].map(({ seq }) => seq)];
  return {
    root,
    pinnedTo: outside.length === 0 ? undefined : Math.max(...outside),
    foreignPins: pins.foreign,
  };
};
