import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { DeviceId } from "../../domain/ids.ts";
import type { PaymentEvent } from "../../domain/journal-event.ts";
import { money } from "../../domain/money.ts";
import {
  extension,
  givenInstant,
  givenRef,
  givenSeq,
  givenTime,
  readEvidence,
  readImported,
  readLines,
  writeEvidence,
  writeImported,
  writeLines,
  type Home,
} from "./mapping.ts";
import type { JsonObject } from "../canonical.ts";
import {
  amt,
  below,
  code,
  common,
  cur,
  ev,
  h,
  id,
  item,
  kid,
  list,
  pos,
  sale,
  seq,
  strs,
  time,
  type Unsealed,
} from "./shapes.ts";

/** One version of what is known about a payment. */
export const payment = {
  core: v.strictObject({
    ...common,
    kind: v.literal("payment"),
    amt: pos,
    cur,
    sale,
    src: v.picklist(["manual", "scan", "import", "peer"]),
    st: v.picklist(["paid", "unknown", "unpaid", "closed", "voided", "transfer"]),
    ext: v.exactOptional(amt),
    re: v.exactOptional(seq),
    same: v.exactOptional(list(sale)),
  }),
  det: v.strictObject({
    ...below,
    acq: code,
    ch: code,
    grade: v.picklist(["A", "B", "C", "D", "E"]),
    key: v.nullable(v.strictTuple([code, id])),
    mch: v.exactOptional(id),
    term: v.exactOptional(id),
    refs: v.exactOptional(strs),
    paid: v.exactOptional(time),
    lines: v.exactOptional(list(item)),
    ev: v.exactOptional(list(ev)),
    imp: v.exactOptional(seq),
    row: v.exactOptional(h),
    peer: v.exactOptional(v.strictObject({ h, k: kid, s: seq })),
  }),
  across: ({ src }: JsonObject, det: JsonObject): string | undefined => {
    if (src === "import" && (det["imp"] === undefined || det["row"] === undefined))
      return "src import needs imp and row";
    return src === "peer" && det["peer"] === undefined ? "src peer needs peer" : undefined;
  },
};

type PaymentCore = v.InferOutput<typeof payment.core>;
type PaymentDet = v.InferOutput<typeof payment.det>;

/** A chain replaces only what it said itself. */
const ownRef = (ref: PaymentEvent["replaces"], { device }: Home): PaymentEvent["replaces"] =>
  ref?.device === device ? ref : undefined;

export const writePayment = (
  event: PaymentEvent,
  home: Home,
): Unsealed<PaymentCore, PaymentDet> => ({
  core: {
    kind: "payment",
    amt: event.amount.minor,
    cur: event.amount.currency,
    sale: event.paymentId,
    src: event.source,
    st: event.state,
    ...given("ext", event.external),
    ...givenSeq("re", ownRef(event.replaces, home), home),
    ...given("same", event.same && [...event.same]),
  },
  det: {
    acq: event.acquirer,
    ch: event.channel,
    grade: event.grade,
    key: event.key === undefined ? null : [event.key.name, event.key.number],
    ...given("mch", event.merchantNo),
    ...given("term", event.terminalNo),
    ...given("refs", event.numbers),
    ...givenTime("paid", event.paidAt, home),
    ...given("lines", event.lines && writeLines(event.lines)),
    ...given("ev", event.evidence && writeEvidence(event.evidence)),
    ...writeImported(event.imported, home),
    ...given("peer", event.peer && writePeer(event.peer)),
    ...extension({ outside: event.outside?.map(({ number, minor }) => [number, minor]) }),
  },
});

const writePeer = ({ record, hash }: NonNullable<PaymentEvent["peer"]>) => ({
  h: hash,
  k: record.device,
  s: record.seq,
});

const readPeer = ({ h: hash, k: device, s }: NonNullable<PaymentDet["peer"]>) => ({
  record: { device, seq: s },
  hash,
});

const outsideList = v.array(v.strictTuple([id, amt]));

/** The refunds that `ext` adds up; a list that reads otherwise is left aside, as `x` binds nobody. */
const readOutside = (x: PaymentDet["x"]): PaymentEvent["outside"] => {
  const read = v.safeParse(outsideList, x?.["outside"]);
  return read.success ? read.output.map(([number, minor]) => ({ number, minor })) : undefined;
};

export const readPayment = (
  core: PaymentCore,
  det: PaymentDet,
  device: DeviceId,
): PaymentEvent => ({
  kind: "payment",
  paymentId: core.sale,
  amount: money(core.amt, core.cur),
  source: core.src,
  state: core.st,
  ...given("external", core.ext),
  ...givenRef("replaces", core.re, device),
  ...given("same", core.same),
  acquirer: det.acq,
  channel: det.ch,
  grade: det.grade,
  ...given("key", det.key === null ? undefined : { name: det.key[0], number: det.key[1] }),
  ...given("merchantNo", det.mch),
  ...given("terminalNo", det.term),
  ...given("numbers", det.refs),
  ...givenInstant("paidAt", det.paid),
  ...given("lines", det.lines && readLines(det.lines)),
  ...given("evidence", det.ev && readEvidence(det.ev)),
  ...readImported(det, device),
  ...given("peer", det.peer && readPeer(det.peer)),
  ...given("outside", readOutside(det.x)),
});
