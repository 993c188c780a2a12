import * as fc from "fast-check";
import type { BatchId, CaseId, DeviceId, Hash, StaffId } from "../../src/domain/ids.ts";
import type { Zone } from "../../src/domain/instant.ts";
import type {
  ContactEvent,
  GoodsEvent,
  JournalEvent,
  MoneyEvent,
  NoticeEvent,
} from "../../src/domain/journal-event.ts";
import {
  ack,
  claimOn,
  contactOn,
  decideOn,
  goodsOn,
  refundOn,
  withdrawOn,
} from "./arbitrary-case-events.ts";
import {
  letters,
  lower,
  hash,
  device,
  code,
  identifier,
  words,
  seq,
  minor,
  currency,
  amount,
  instant,
  day,
  sale,
  jwk,
  numbers,
  sums,
  evidenceList,
  lines,
} from "./arbitrary-values.ts";

const onDevice = (event: MoneyEvent, other: DeviceId, refundHash: Hash): MoneyEvent => ({
  ...event,
  refunds: event.refunds.map(({ seq: number }) => ({ device: other, seq: number })),
  refundHashes: event.refunds.map(() => refundHash),
});

/** The same work told of a refund of another chain. */
const workOn = (
  event: GoodsEvent | NoticeEvent | ContactEvent,
  other: DeviceId,
  refundHash: Hash,
): JournalEvent => {
  const ref = { device: other, seq: 7 };
  return event.kind === "contact"
    ? { ...event, about: ref, refundHash }
    : { ...event, refund: ref, refundHash };
};

/** Any event of a kind that can be sealed on this device's chain. */
export const eventOf = (home: DeviceId): fc.Arbitrary<JournalEvent> => {
  const ref = seq.map((number) => ({ device: home, seq: number }));
  const imported = fc.record({ record: ref, row: hash });
  const genesis = fc.record(
    {
      kind: fc.constant("genesis" as const),
      jwk,
      label: words,
      prefix: letters("ABC123", 2, 8),
      continues: fc.record({ device, seq, hash }),
      shop: fc.record({
        name: words,
        currency,
        zone: fc.constantFrom("Asia/Shanghai", "UTC") as fc.Arbitrary<Zone>,
      }),
    },
    { requiredKeys: ["kind", "jwk", "label", "prefix", "shop"] },
  );
  const payment = fc.record(
    {
      kind: fc.constant("payment" as const),
      paymentId: sale,
      amount,
      source: fc.constantFrom("manual", "scan"),
      state: fc.constantFrom("paid", "unknown", "transfer"),
      external: minor,
      replaces: ref,
      same: fc.array(sale, { minLength: 1, maxLength: 3 }),
      acquirer: code,
      channel: code,
      grade: fc.constantFrom("A", "B", "E"),
      key: fc.record({ name: code, number: identifier }),
      merchantNo: identifier,
      terminalNo: identifier,
      numbers,
      paidAt: instant,
      lines,
      evidence: evidenceList,
      imported,
    },
    {
      requiredKeys: [
        "kind",
        "paymentId",
        "amount",
        "source",
        "state",
        "acquirer",
        "channel",
        "grade",
      ],
    },
  );
  const statement = fc.record(
    {
      kind: fc.constant("import" as const),
      file: hash,
      rows: fc.nat(),
      acquirer: code,
      format: identifier,
      encoding: identifier,
      sums,
      declared: fc.record({ rows: fc.nat(), sums }),
      period: fc.tuple(day, day),
      duplicates: fc.nat(),
    },
    { requiredKeys: ["kind", "file", "rows", "acquirer", "format", "sums"] },
  );
  const refunds = fc
    .uniqueArray(seq, { minLength: 1, maxLength: 4 })
    .map((list) => list.sort((a, b) => a - b))
    .map((list) => list.map((number) => ({ device: home, seq: number })));
  const result = fc.record(
    {
      kind: fc.constant("money" as const),
      state: fc.constantFrom("processing", "succeeded", "failed", "closed", "reversed"),
      by: fc.constantFrom("row", "slip", "portal", "support"),
      refunds,
      at: instant,
      expectedBy: instant,
      channelRefundNo: identifier,
      raw: numbers,
      imported,
      evidence: evidenceList,
      ticket: identifier,
      customerSigned: fc.boolean(),
      overrides: fc.array(code, { maxLength: 2 }),
    },
    { requiredKeys: ["kind", "state", "by", "refunds"] },
  );
  const foreignResult = fc
    .tuple(result, device, hash)
    .filter(([, other]) => other !== home)
    .map((drawn) => onDevice(...drawn));
  const batch = fc.record({
    id: identifier as fc.Arbitrary<BatchId>,
    format: identifier,
    rows: fc.integer({ min: 1, max: 1000 }),
    total: amount,
  });
  const command = fc.oneof(
    fc.record({
      kind: fc.constant("money" as const),
      state: fc.constant("exported" as const),
      by: fc.constant("file" as const),
      refunds,
      file: hash,
      batch,
      out: fc.constantFrom("prepared", "shared", "saved"),
    }),
    fc.tuple(ref, ref).map(([refunded, retracts]) => ({
      kind: "money" as const,
      state: "retracted" as const,
      by: "staff" as const,
      refunds: [refunded],
      retracts,
    })),
  );
  const notice = fc.record(
    {
      kind: fc.constant("notice" as const),
      refund: ref,
      to: fc.constantFrom("customer", "merchant", "acquirer"),
      state: fc.constantFrom("accepted", "result", "reminder"),
      copy: fc.integer({ min: 1, max: 99 }),
      via: fc.constantFrom("print", "qr", "screen"),
      language: fc.constantFrom("zh-CN", "en"),
      text: hash,
    },
    { requiredKeys: ["kind", "refund", "to", "state", "via"] },
  );
  const foreignWork = fc
    .tuple(fc.oneof(notice, goodsOn(ref), contactOn(ref)), device, hash)
    .filter(([, other]) => other !== home)
    .map((drawn) => workOn(...drawn));
  const policy = fc.record({
    kind: fc.constant("policy" as const),
    what: fc.constantFrom("policy", "profile", "reasons", "setting"),
    version: fc.integer({ min: 1, max: 9999 }),
    hash,
    document: fc.dictionary(code, fc.oneof(words, fc.nat(), fc.array(fc.nat())), {
      noNullPrototype: true,
    }),
  });
  const staff = fc.record(
    {
      kind: fc.constant("staff" as const),
      staff: letters("abc09-", 1, 24) as fc.Arbitrary<StaffId>,
      op: fc.constant("added" as const),
      jwk,
      role: fc.constantFrom("owner", "lead", "clerk", "auditor"),
      limit: minor,
      grants: fc.array(fc.constantFrom("approve", "export", "policy"), {
        minLength: 1,
        maxLength: 3,
      }),
    },
    { requiredKeys: ["kind", "staff", "op", "jwk"] },
  );
  const failedLogin = fc.record({
    kind: fc.constant("staff" as const),
    staff: fc.constant("s1" as StaffId),
    op: fc.constant("login_failed" as const),
    fails: fc.integer({ min: 1, max: 99 }),
  });
  const exported = fc.record({
    kind: fc.constant("export" as const),
    exportId: letters(`${lower}-_`, 22),
  });
  const erased = fc.record(
    {
      kind: fc.constant("erase" as const),
      record: ref,
      why: fc.constantFrom("request", "retention", "mistake"),
      disclosures: fc.array(hash, { minLength: 1, maxLength: 2 }),
      files: fc.array(hash, { minLength: 1, maxLength: 2 }),
      cases: fc.array(letters("0123456789ABCDEF", 26) as fc.Arbitrary<CaseId>, { minLength: 1 }),
      payments: fc.array(sale, { minLength: 1 }),
    },
    { requiredKeys: ["kind", "record", "why", "disclosures"] },
  );
  const erasedElsewhere = fc
    .tuple(erased, fc.record({ device, seq }), hash)
    .map(([event, record, rh]) => Object.assign({}, event, { record, hash: rh }));
  const close = fc.record(
    {
      kind: fc.constant("close" as const),
      day,
      refunds: fc.nat(),
      channels: fc.dictionary(currency, fc.dictionary(code, fc.tuple(fc.nat(), fc.nat())), {
        noNullPrototype: true,
      }),
    },
    { requiredKeys: ["kind", "day", "refunds"] },
  );
  const gap = fc.record(
    {
      kind: fc.constant("gap" as const),
      from: instant,
      why: fc.constantFrom("storage", "signer", "clock", "other"),
      lost: fc.nat(),
    },
    { requiredKeys: ["kind", "from", "why"] },
  );
  const rotate = fc.record({
    kind: fc.constant("rotate" as const),
    jwk,
    why: fc.constantFrom("schedule", "suspect", "device", "upgrade"),
  });
  const witness = fc.record({
    kind: fc.constant("wit" as const),
    device: device,
    seq: fc.nat(9_999_999),
    head: hash,
    via: fc.constantFrom("receipt", "checkpoint", "file", "approval"),
  });
  return fc.oneof(
    genesis,
    payment,
    statement,
    refundOn(ref),
    withdrawOn(ref),
    decideOn(ref),
    goodsOn(ref),
    contactOn(ref),
    result,
    foreignResult,
    command,
    notice,
    foreignWork,
    policy,
    staff,
    failedLogin,
    exported,
    erased,
    erasedElsewhere,
    claimOn(ref),
    close,
    gap,
    rotate,
    ack,
    witness,
  );
};
