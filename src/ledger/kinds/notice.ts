import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { DeviceId } from "../../domain/ids.ts";
import type { NoticeEvent } from "../../domain/journal-event.ts";
import { refundClaims, type Home } from "./mapping.ts";
import { below, common, foreign, h, id, pairedForeign, seq, ver, type Unsealed } from "./shapes.ts";

/** What was told to whom; `n` counts printed copies. */
export const notice = {
  core: v.pipe(
    v.strictObject({
      ...common,
      ...foreign,
      kind: v.literal("notice"),
      ref: seq,
      to: v.picklist(["customer", "merchant", "acquirer"]),
      st: v.picklist(["accepted", "result", "reminder"]),
      n: v.exactOptional(ver),
    }),
    v.check((claims) => pairedForeign(claims), "dev and rh go together"),
  ),
  det: v.strictObject({
    ...below,
    via: v.picklist(["print", "qr", "share", "email", "sms", "voice", "screen", "call"]),
    txt: v.exactOptional(h),
    lang: v.exactOptional(id),
  }),
};

type NoticeCore = v.InferOutput<typeof notice.core>;
type NoticeDet = v.InferOutput<typeof notice.det>;

export const writeNotice = (event: NoticeEvent, home: Home): Unsealed<NoticeCore, NoticeDet> => ({
  core: {
    kind: "notice",
    ...refundClaims(event.refund, event.refundHash, home),
    to: event.to,
    st: event.state,
    ...given("n", event.copy),
  },
  det: { via: event.via, ...given("txt", event.text), ...given("lang", event.language) },
});

export const readNotice = (core: NoticeCore, det: NoticeDet, device: DeviceId): NoticeEvent => ({
  kind: "notice",
  refund: { device: core.dev ?? device, seq: core.ref },
  ...given("refundHash", core.rh),
  to: core.to,
  state: core.st,
  ...given("copy", core.n),
  via: det.via,
  ...given("language", det.lang),
  ...given("text", det.txt),
});
