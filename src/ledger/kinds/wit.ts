import * as v from "valibot";
import type { WitnessEvent } from "../../domain/journal-event.ts";
import { common, emptyDet, h, kid, seq, type Unsealed } from "./shapes.ts";

/** Another chain's head as this device saw it. */
export const wit = {
  core: v.strictObject({
    ...common,
    kind: v.literal("wit"),
    k: kid,
    s: seq,
    h,
    via: v.picklist(["receipt", "checkpoint", "file", "approval"]),
  }),
  det: emptyDet,
};

type WitnessCore = v.InferOutput<typeof wit.core>;

export const writeWitness = (event: WitnessEvent): Unsealed<WitnessCore, object> => ({
  core: { kind: "wit", k: event.device, s: event.seq, h: event.head, via: event.via },
  det: {},
});

export const readWitness = (core: WitnessCore): WitnessEvent => ({
  kind: "wit",
  device: core.k,
  seq: core.s,
  head: core.h,
  via: core.via,
});
