import * as v from "valibot";
import type { AckEvent } from "../../domain/journal-event.ts";
import { common, emptyDet, h, kid, seq, type Unsealed } from "./shapes.ts";

/** The back office's acknowledgement of this chain up to `s`. */
export const ack = {
  core: v.strictObject({ ...common, kind: v.literal("ack"), ah: h, by: kid, s: seq, h }),
  det: emptyDet,
};

type AckCore = v.InferOutput<typeof ack.core>;

export const writeAck = (event: AckEvent): Unsealed<AckCore, object> => ({
  core: { kind: "ack", ah: event.token, by: event.by, s: event.seq, h: event.head },
  det: {},
});

export const readAck = (core: AckCore): AckEvent => ({
  kind: "ack",
  token: core.ah,
  by: core.by,
  seq: core.s,
  head: core.h,
});
