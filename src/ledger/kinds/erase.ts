import * as v from "valibot";
import type { EraseEvent } from "../../domain/erase-event.ts";
import { given } from "../../domain/given.ts";
import type { CaseId, DeviceId, PaymentId } from "../../domain/ids.ts";
import { extension, ownSeq, readCodes, type Home } from "./mapping.ts";
import { common, emptyDet, foreign, h, list, seq, type Unsealed } from "./shapes.ts";

const namesForeign = (claims: { readonly dev?: unknown; readonly rh?: unknown }): boolean =>
  claims.dev !== undefined && claims.rh !== undefined;

const namesOwn = (claims: { readonly dev?: unknown; readonly rh?: unknown }): boolean =>
  claims.dev === undefined && claims.rh === undefined;

/**
 * Personal data of an earlier record removed: digests of its `cust`, of its attachments, or both. Version 2 speaks of
 * another chain's record, version 1 of one of its own (refundlog.md §18).
 */
export const erase = {
  core: v.pipe(
    v.strictObject({
      ...common,
      ...foreign,
      v: v.picklist([1, 2]),
      kind: v.literal("erase"),
      ref: seq,
      why: v.picklist(["request", "retention", "mistake"]),
      d: v.exactOptional(list(h)),
      a: v.exactOptional(list(h)),
    }),
    v.check((claims) => claims.d !== undefined || claims.a !== undefined, "d or a"),
    v.check(
      (claims) => (claims.v === 2 ? namesForeign(claims) : namesOwn(claims)),
      "dev and rh stand in version 2, and nowhere else",
    ),
  ),
  det: emptyDet,
};

type EraseCore = v.InferOutput<typeof erase.core>;
type EraseDet = v.InferOutput<typeof erase.det>;

/** A record of another chain is named by its hash too: an event without one is about the own chain, or a bug. */
const writeWhich = ({ record, hash }: EraseEvent, home: Home) =>
  hash === undefined
    ? { ref: ownSeq(record, home) }
    : { v: 2, dev: record.device, ref: record.seq, rh: hash };

export const writeErase = (event: EraseEvent, home: Home): Unsealed<EraseCore, EraseDet> => ({
  core: {
    kind: "erase",
    ...writeWhich(event, home),
    why: event.why,
    ...given("d", event.disclosures && [...event.disclosures]),
    ...given("a", event.files && [...event.files]),
  },
  det: { ...extension({ cases: event.cases, payments: event.payments }) },
});

export const readErase = (core: EraseCore, det: EraseDet, device: DeviceId): EraseEvent => ({
  kind: "erase",
  record: { device: core.dev ?? device, seq: core.ref },
  ...given("hash", core.rh),
  why: core.why,
  ...given("disclosures", core.d),
  ...given("files", core.a),
  ...given("cases", readCodes(det.x, "cases") as readonly CaseId[] | undefined),
  ...given("payments", readCodes(det.x, "payments") as readonly PaymentId[] | undefined),
});
