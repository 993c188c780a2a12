import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { CaseId, DeviceId, StaffId } from "../../domain/ids.ts";
import type { DecideEvent } from "../../domain/journal-event.ts";
import type { Instant } from "../../domain/instant.ts";
import type { JsonObject } from "../canonical.ts";
import { peekPayload } from "../jws.ts";
import { endOf } from "../validity.ts";
import { extension, givenRef, givenSeq, readCodes, readText, type Home } from "./mapping.ts";
import { b64u, below, code, common, id, jws, sale, seq, type Unsealed } from "./shapes.ts";

/** A decision: about a refund record, a recall, a reopening, a conflict, or a plain request. */
export const decide = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("decide"),
      on: v.picklist(["refund", "recall", "conflict", "reopen", "request"]),
      res: v.picklist(["approve", "reject"]),
      m: v.exactOptional(v.picklist(["device", "passkey", "pin"])),
      ref: v.exactOptional(seq),
      sale: v.exactOptional(sale),
    }),
    v.check(
      (claims) =>
        claims.on === "request"
          ? claims.ref === undefined && claims.m === undefined && claims.res === "reject"
          : claims.ref !== undefined && claims.m !== undefined && claims.sale === undefined,
      "a request has no ref and no m and is rejected; all else has both and no sale",
    ),
  ),
  det: v.strictObject({
    ...below,
    apr: v.exactOptional(jws),
    rsn: v.exactOptional(code),
    wa: v.exactOptional(v.strictObject({ ad: b64u, cd: b64u, cid: b64u, rp: id, sig: b64u })),
  }),
  across: ({ res }: JsonObject, det: JsonObject): string | undefined =>
    res === "reject" && det["rsn"] === undefined ? "a rejection needs rsn" : undefined,
};

type DecideCore = v.InferOutput<typeof decide.core>;
type DecideDet = v.InferOutput<typeof decide.det>;

export const writeDecide = (event: DecideEvent, home: Home): Unsealed<DecideCore, DecideDet> => ({
  core: {
    kind: "decide",
    on: event.about,
    res: event.result,
    ...given("m", event.method),
    ...givenSeq("ref", event.refund, home),
    ...given("sale", event.paymentId),
  },
  det: {
    ...given("apr", event.proof),
    ...given("rsn", event.reason),
    ...extension({ by: event.approver, case: event.caseId, offers: event.offers }),
  },
});

/** When a proof says that it ends; whether it is good the verifier says. */
const expiryOf = (proof: string | undefined): Instant | undefined =>
  proof === undefined ? undefined : endOf(peekPayload(proof, "refund-approve+jwt")?.["exp"]);

export const readDecide = (core: DecideCore, det: DecideDet, device: DeviceId): DecideEvent => ({
  kind: "decide",
  about: core.on,
  result: core.res,
  ...given("method", core.m),
  ...givenRef("refund", core.ref, device),
  ...given("reason", det.rsn),
  ...given("proof", det.apr),
  ...given("approver", readText(det.x, "by") as StaffId | undefined),
  ...given("expires", expiryOf(det.apr)),
  ...given("paymentId", core.sale),
  ...given("caseId", readText(det.x, "case") as CaseId | undefined),
  ...given("offers", readCodes(det.x, "offers")),
});
