import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { DeviceId } from "../../domain/ids.ts";
import { parseInstant, type Instant } from "../../domain/instant.ts";
import type { ContactEvent } from "../../domain/journal-event.ts";
import {
  extension,
  readEvidence,
  readText,
  refundClaims,
  writeEvidence,
  type Home,
} from "./mapping.ts";
import {
  below,
  code,
  common,
  ev,
  foreign,
  id,
  list,
  n5,
  pairedForeign,
  seq,
  strs,
  type Unsealed,
} from "./shapes.ts";

/** Log entry: a call, a complaint, feedback, an invoice, late evidence. */
export const contact = {
  core: v.pipe(
    v.strictObject({
      ...common,
      ...foreign,
      kind: v.literal("contact"),
      with: v.picklist(["customer", "acquirer", "support", "platform", "other"]),
      ref: v.exactOptional(seq),
    }),
    v.check((claims) => pairedForeign(claims), "dev and rh go together"),
    v.check((claims) => claims.dev === undefined || claims.ref !== undefined, "dev needs ref"),
  ),
  det: v.strictObject({
    ...below,
    via: v.picklist(["phone", "chat", "email", "counter", "portal", "other"]),
    ticket: v.exactOptional(id),
    score: v.exactOptional(n5),
    tags: v.exactOptional(list(code)),
    inv: v.exactOptional(strs),
    ev: v.exactOptional(list(ev)),
  }),
};

type ContactCore = v.InferOutput<typeof contact.core>;
type ContactDet = v.InferOutput<typeof contact.det>;

export const writeContact = (
  event: ContactEvent,
  home: Home,
): Unsealed<ContactCore, ContactDet> => ({
  core: {
    kind: "contact",
    with: event.with,
    ...(event.about === undefined ? {} : refundClaims(event.about, event.refundHash, home)),
  },
  det: {
    via: event.via,
    ...given("ticket", event.ticket),
    ...given("score", event.score),
    ...given("tags", event.tags && [...event.tags]),
    ...given("inv", event.invoice),
    ...given("ev", event.evidence && writeEvidence(event.evidence)),
    ...extension({ next: event.next }),
  },
});

const readNext = (x: ContactDet["x"]): Instant | undefined => {
  const next = parseInstant(readText(x, "next") ?? "");
  return next.ok ? next.value : undefined;
};

export const readContact = (
  core: ContactCore,
  det: ContactDet,
  device: DeviceId,
): ContactEvent => ({
  kind: "contact",
  with: core.with,
  via: det.via,
  ...given(
    "about",
    core.ref === undefined ? undefined : { device: core.dev ?? device, seq: core.ref },
  ),
  ...given("refundHash", core.rh),
  ...given("ticket", det.ticket),
  ...given("score", det.score),
  ...given("tags", det.tags),
  ...given("invoice", det.inv),
  ...given("evidence", det.ev && readEvidence(det.ev)),
  ...given("next", readNext(det.x)),
});
