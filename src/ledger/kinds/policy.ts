import * as v from "valibot";
import type { JsonObject, PolicyEvent } from "../../domain/journal-event.ts";
import { below, common, h, obj, ver, type Unsealed } from "./shapes.ts";

/** A document that rules decisions from here on, with its digest in the core. */
export const policy = {
  core: v.strictObject({
    ...common,
    kind: v.literal("policy"),
    pol: h,
    ver,
    what: v.picklist(["policy", "profile", "reasons", "setting"]),
  }),
  det: v.strictObject({ ...below, doc: obj }),
};

type PolicyCore = v.InferOutput<typeof policy.core>;
type PolicyDet = v.InferOutput<typeof policy.det>;

export const writePolicy = (event: PolicyEvent): Unsealed<PolicyCore, PolicyDet> => ({
  core: { kind: "policy", pol: event.hash, ver: event.version, what: event.what },
  det: { doc: event.document },
});

export const readPolicy = (core: PolicyCore, det: PolicyDet): PolicyEvent => ({
  kind: "policy",
  what: core.what,
  version: core.ver,
  hash: core.pol,
  document: det.doc as JsonObject,
});
