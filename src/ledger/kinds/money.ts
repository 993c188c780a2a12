import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { DeviceId } from "../../domain/ids.ts";
import type { MoneyEvent } from "../../domain/journal-event.ts";
import { money as amount } from "../../domain/money.ts";
import {
  extension,
  givenInstant,
  givenRef,
  givenSeq,
  givenTime,
  ownSeq,
  readCodes,
  readEvidence,
  readImported,
  writeEvidence,
  writeImported,
  type Home,
} from "./mapping.ts";
import {
  batchId,
  below,
  common,
  cur,
  ev,
  h,
  id,
  int,
  kid,
  list,
  pairedForeign,
  refs,
  seq,
  strs,
  time,
  ver,
  type Unsealed,
} from "./shapes.ts";

const offices = ["row", "slip", "portal", "support"] as const;

/** Who may say what about the money (refundlog.md §5.3). */
const sources = {
  exported: ["file"],
  submitted: ["staff", "portal", "slip", "row"],
  ready: ["staff", "portal"],
  processing: offices,
  needs_action: offices,
  unknown: [...offices, "staff"],
  abnormal: offices,
  succeeded: [...offices, "cust"],
  failed: offices,
  closed: offices,
  reversed: offices,
  retracted: ["staff"],
} as const;

const allows = (state: keyof typeof sources, by: string): boolean =>
  sources[state].some((source) => source === by);

/** A command or a result of the money track, over one or more refunds of one chain. */
export const money = {
  core: v.pipe(
    v.strictObject({
      ...common,
      kind: v.literal("money"),
      st: v.picklist([
        "exported",
        "submitted",
        "ready",
        "processing",
        "needs_action",
        "unknown",
        "abnormal",
        "succeeded",
        "failed",
        "closed",
        "reversed",
        "retracted",
      ]),
      by: v.picklist(["file", "row", "slip", "portal", "support", "cust", "staff"]),
      refs,
      file: v.exactOptional(h),
      un: v.exactOptional(seq),
      dev: v.exactOptional(kid),
      rh: v.exactOptional(list(h)),
    }),
    v.check((claims) => allows(claims.st, claims.by), "st not said by that source"),
    v.check((claims) => (claims.st === "exported") === (claims.file !== undefined), "file"),
    v.check((claims) => (claims.st === "retracted") === (claims.un !== undefined), "un"),
    v.check((claims) => pairedForeign(claims), "dev and rh go together"),
    v.check(
      ({ st, dev }) => dev === undefined || (st !== "ready" && st !== "retracted"),
      "only the home chain says ready and retracted",
    ),
  ),
  det: v.strictObject({
    ...below,
    batch: v.exactOptional(v.strictObject({ cur, fmt: id, id: batchId, rows: ver, sum: int })),
    out: v.exactOptional(v.picklist(["prepared", "shared", "saved"])),
    at: v.exactOptional(time),
    exp: v.exactOptional(time),
    cref: v.exactOptional(id),
    raw: v.exactOptional(strs),
    imp: v.exactOptional(seq),
    row: v.exactOptional(h),
    ev: v.exactOptional(list(ev)),
    ticket: v.exactOptional(id),
    sig: v.exactOptional(v.boolean()),
  }),
};

type MoneyCore = v.InferOutput<typeof money.core>;
type MoneyDet = v.InferOutput<typeof money.det>;

type Batch = NonNullable<MoneyDet["batch"]>;

const writeBatch = (batch: NonNullable<MoneyEvent["batch"]>): Batch => ({
  cur: batch.total.currency,
  fmt: batch.format,
  id: batch.id,
  rows: batch.rows,
  sum: batch.total.minor,
});

const readBatch = (batch: Batch): NonNullable<MoneyEvent["batch"]> => ({
  id: batch.id,
  format: batch.fmt,
  rows: batch.rows,
  total: amount(batch.sum, batch.cur),
});

const writeCore = (event: MoneyEvent, home: Home): Unsealed<MoneyCore, MoneyDet>["core"] => {
  const device = event.refunds[0]?.device ?? home.device;
  const isForeign = device !== home.device;
  return {
    kind: "money",
    st: event.state,
    by: event.by,
    refs: event.refunds.map((ref) => ownSeq(ref, { ...home, device })),
    ...given("file", event.file),
    ...givenSeq("un", event.retracts, home),
    ...given("dev", isForeign ? device : undefined),
    ...given("rh", isForeign ? [...(event.refundHashes ?? [])] : undefined),
  };
};

export const writeMoney = (event: MoneyEvent, home: Home): Unsealed<MoneyCore, MoneyDet> => ({
  core: writeCore(event, home),
  det: {
    ...given("batch", event.batch && writeBatch(event.batch)),
    ...given("out", event.out),
    ...givenTime("at", event.at, home),
    ...givenTime("exp", event.expectedBy, home),
    ...given("cref", event.channelRefundNo),
    ...given("raw", event.raw),
    ...writeImported(event.imported, home),
    ...given("ev", event.evidence && writeEvidence(event.evidence)),
    ...given("ticket", event.ticket),
    ...given("sig", event.customerSigned),
    ...extension({ overrides: event.overrides }),
  },
});

export const readMoney = (core: MoneyCore, det: MoneyDet, device: DeviceId): MoneyEvent => ({
  kind: "money",
  state: core.st,
  by: core.by,
  refunds: core.refs.map((number) => ({ device: core.dev ?? device, seq: number })),
  ...given("refundHashes", core.rh),
  ...given("file", core.file),
  ...given("batch", det.batch && readBatch(det.batch)),
  ...given("out", det.out),
  ...givenInstant("at", det.at),
  ...givenInstant("expectedBy", det.exp),
  ...given("channelRefundNo", det.cref),
  ...given("raw", det.raw),
  ...readImported(det, device),
  ...given("evidence", det.ev && readEvidence(det.ev)),
  ...given("ticket", det.ticket),
  ...given("customerSigned", det.sig),
  ...givenRef("retracts", core.un, device),
  ...given("overrides", readCodes(det.x, "overrides")),
});
