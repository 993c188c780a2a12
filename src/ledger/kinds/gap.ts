import * as v from "valibot";
import { given } from "../../domain/given.ts";
import { instantFromSeconds, secondsOf } from "../../domain/instant.ts";
import type { GapEvent } from "../../domain/journal-event.ts";
import { below, common, int, type Unsealed } from "./shapes.ts";

/** The device admits that something may be missing since a time. */
export const gap = {
  core: v.strictObject({
    ...common,
    kind: v.literal("gap"),
    from: int,
    why: v.picklist(["storage", "signer", "clock", "other"]),
  }),
  det: v.strictObject({ ...below, lost: v.exactOptional(int) }),
};

type GapCore = v.InferOutput<typeof gap.core>;
type GapDet = v.InferOutput<typeof gap.det>;

export const writeGap = (event: GapEvent): Unsealed<GapCore, GapDet> => ({
  core: { kind: "gap", from: secondsOf(event.from), why: event.why },
  det: { ...given("lost", event.lost) },
});

export const readGap = (core: GapCore, det: GapDet): GapEvent => ({
  kind: "gap",
  from: instantFromSeconds(core.from),
  why: core.why,
  ...given("lost", det.lost),
});
