import * as v from "valibot";
import type { RotateEvent } from "../../domain/journal-event.ts";
import { common, emptyDet, jwk, type Unsealed } from "./shapes.ts";

/** The chain ends; its next key. */
export const rotate = {
  core: v.strictObject({
    ...common,
    kind: v.literal("rotate"),
    jwk,
    why: v.picklist(["schedule", "suspect", "device", "upgrade"]),
  }),
  det: emptyDet,
};

type RotateCore = v.InferOutput<typeof rotate.core>;

export const writeRotate = ({
  jwk: next,
  why,
}: RotateEvent): Unsealed<RotateCore, v.InferOutput<typeof rotate.det>> => ({
  core: { kind: "rotate", jwk: next, why },
  det: {},
});

export const readRotate = ({ jwk: next, why }: RotateCore): RotateEvent => ({
  kind: "rotate",
  jwk: next,
  why,
});
