import type { DeviceId, Hash } from "./ids.ts";
import type { PublicJwk } from "./journal-event.ts";

/** The back office has verified this chain up to a record (refundlog.md §14). */
export type AckEvent = {
  readonly kind: "ack";
  /** SHA-256 of the acknowledgement. */
  readonly token: Hash;
  readonly by: DeviceId;
  readonly seq: number;
  readonly head: Hash;
};

/** Another chain's head as this device saw it. */
export type WitnessEvent = {
  readonly kind: "wit";
  readonly device: DeviceId;
  readonly seq: number;
  readonly head: Hash;
  readonly via: "receipt" | "checkpoint" | "file" | "approval";
};

/** The last thing a key says: the next key of this device, whose chain goes on in the place of this one (refundlog.md §8). */
export type RotateEvent = {
  readonly kind: "rotate";
  readonly jwk: PublicJwk;
  readonly why: "schedule" | "suspect" | "device" | "upgrade";
};
