import * as v from "valibot";
import type { EraseEvent } from "../../domain/erase-event.ts";
import { given } from "../../domain/given.ts";
import type { CaseId, DeviceId, PaymentId } from "../../domain/ids.ts";
import { extension, ownSeq, readCodes, type Home } from "./mapping.ts";
import { common, emptyDet, h, list, seq, type Unsealed } from "./shapes.ts";

/** Personal data of an earlier record removed: digests of its `cust`, of its attachments, or both. */
export const erase = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("erase"),
      ref: seq,
      why: v.picklist(["request", "retention", "mistake"]),
      d: v.exactOptional(list(h)),
      a: v.exactOptional(list(h)),
    }),
    v.check((claims) => claims.d !== undefined || claims.a !== undefined, "d or a"),
  ),
  det: emptyDet,
};

type EraseCore = v.InferOutput<typeof erase.core>;
type EraseDet = v.InferOutput<typeof erase.det>;

export const writeErase = (event: EraseEvent, home: Home): Unsealed<EraseCore, EraseDet> => ({
  core: {
    kind: "erase",
    ref: ownSeq(event.record, home),
    why: event.why,
    ...given("d", event.disclosures && [...event.disclosures]),
    ...given("a", event.files && [...event.files]),
  },
  det: { ...extension({ cases: event.cases, payments: event.payments }) },
});

export const readErase = (core: EraseCore, det: EraseDet, device: DeviceId): EraseEvent => ({
  kind: "erase",
  record: { device, seq: core.ref },
  why: core.why,
  ...given("disclosures", core.d),
  ...given("files", core.a),
  ...given("cases", readCodes(det.x, "cases") as readonly CaseId[] | undefined),
  ...given("payments", readCodes(det.x, "payments") as readonly PaymentId[] | undefined),
});
