import * as v from "valibot";
import type { JsonObject } from "../canonical.ts";
import { b64u, below, code, common, id, jws, sale, seq } from "./shapes.ts";

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
