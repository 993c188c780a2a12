import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeBase64url } from "../../src/ledger/base64url.ts";
import { parseStrictBytes, type JsonObject } from "../../src/ledger/canonical.ts";
import { openDisclosures } from "../../src/ledger/disclosure.ts";
import { checkShape, parseClaims, type Parts } from "../../src/ledger/kinds/index.ts";
import { isRecordKind, recordKinds, type RecordKind } from "../../src/ledger/record.ts";
import { makeValidator } from "../support/json-schema.ts";
import { runs } from "../support/deep.ts";

const file = "tests/fixtures/ledgers/every-kind.refundlog";
const schemaFile = "public/docs/refundlog.schema.json";
const design = "../shared/design/refundlog.schema.json";

type Part = "payload" | "det" | "ctx" | "cust";
type Example = {
  readonly kind: RecordKind;
  readonly parts: Readonly<Record<Part, JsonObject | undefined>>;
};

const readExample = (line: string): readonly Example[] => {
  const { t, j, d } = JSON.parse(line) as { t: string; j: string; d: string[] };
  if (t !== "rec") return [];
  const parsed = parseStrictBytes(decodeBase64url(j.split(".")[1] ?? "") ?? new Uint8Array());
  if (!parsed.ok) throw new Error("the example does not parse");
  const payload = parsed.value as JsonObject;
  const { det, ctx, cust } = openDisclosures(payload, d);
  if (!isRecordKind(payload["kind"])) throw new Error("unknown kind");
  return [{ kind: payload["kind"], parts: { payload, det, ctx, cust } }];
};

const examples = readFileSync(file, "utf8").split("\n").slice(0, -1).flatMap(readExample);

const without = (value: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));

/** Values that are wrong, right or nearly right somewhere. */
const strange: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1,
  2,
  1.5,
  5,
  6,
  100,
  10_000_000,
  100_000_000,
  "",
  "x",
  "A",
  "s-1",
  "CNY",
  "2026-01-05",
  "2026-01-05T11:02:09+08:00",
  "1.5",
  "A".repeat(43),
  "a".repeat(501),
  [],
  [0, 1],
  ["A".repeat(43)],
  {},
  { CNY: 1 },
  { a: "b" },
  "full",
  "void",
  "unreferenced",
  "exchange",
  "exported",
  "retracted",
  "staff",
  "request",
  "reject",
  "added",
];

/** Every member of a list or an object below replaced or removed. */
function* innerMutationsOf(member: object): Generator {
  for (const key of Object.keys(member))
    for (const other of [undefined, ...strange]) {
      const copy = JSON.parse(JSON.stringify(member)) as { [key: string]: unknown };
      if (other === undefined) delete copy[key];
      else copy[key] = other;
      // a list with a hole is no JSON
      if (!Array.isArray(copy) || Object.keys(copy).length === copy.length) yield copy;
    }
}

const added =
  "sale rem of ref re m dev rh file un cid fails jwk ext trn n v x tot __proto__ extra".split(" ");

/** Every member of a value replaced or removed, one level deep and one below, and others added. */
function* mutationsOf(value: JsonObject): Generator<JsonObject> {
  for (const name of new Set([...added, ...Object.keys(value)])) {
    yield without(value, name);
    for (const other of strange)
      yield Object.fromEntries([...Object.entries(without(value, name)), [name, other]]);
  }
  for (const [name, member] of Object.entries(value))
    if (typeof member === "object" && member !== null)
      for (const inner of innerMutationsOf(member)) yield { ...value, [name]: inner };
}

/** Where the prose of refundlog.md is narrower than the schema can say, or a rule spans core and det. */
const narrower: readonly RegExp[] = [
  /^ctx tot /, // only on refund and close
  /^det grant\./, // closed list of grants
  /^det (cash|ch) /, // lists of sums per currency
  /^det per/, // a pair
  /^det _sd /, // ascending
  /^payload refs /, // strictly increasing
  /^det {2}/, // rules across core and det
];

const schemaOf = (kind: RecordKind, part: Part) => {
  if (part === "payload") return `payload_${kind}`;
  return part === "det" ? `det_${kind}` : part;
};

const decided = (kind: RecordKind, parts: Parts, part: Part): boolean =>
  checkShape(kind, parts).every((problem) => problem.part !== part);

const definitionsOf = (from: string) =>
  (JSON.parse(readFileSync(from, "utf8")) as { readonly $defs: JsonObject }).$defs;

/** What the file with every kind was made too early for. */
const later: readonly Example[] = [
  {
    kind: "erase",
    parts: {
      payload: {
        _sd: ["A".repeat(43)],
        d: ["A".repeat(43)],
        dev: "B".repeat(43),
        iat: 1,
        kind: "erase",
        prev: "A".repeat(43),
        ref: 3,
        rh: "A".repeat(43),
        seq: 4,
        v: 2,
        why: "request",
      },
      det: undefined,
      ctx: undefined,
      cust: undefined,
    },
  },
];

describe("shapes of a file with every kind, and the published schema", () => {
  const fits = makeValidator(
    JSON.parse(readFileSync(schemaFile, "utf8")) as Parameters<typeof makeValidator>[0],
  );

  it.skipIf(!existsSync(design))("has the schema of the design (skipped without it)", () => {
    const [published, designed] = [schemaFile, design].map(definitionsOf);
    // its second version came after the design was closed
    expect({ ...published, payload_erase: designed?.["payload_erase"] }).toEqual(designed);
  });

  it("refundlog §4 fits what this version of the app writes", () => {
    const written = ["0.3", "erase-2"].map((name) =>
      readFileSync(`tests/fixtures/ledgers/${name}.refundlog`, "utf8"),
    );
    const lines = written.flatMap((text) => text.split("\n").slice(0, -1));
    const records = lines.flatMap(readExample);
    expect(records.length).toBeGreaterThan(40);
    for (const { kind, parts } of records)
      for (const part of ["payload", "det", "ctx", "cust"] as const)
        if (parts[part] !== undefined)
          expect([kind, part, fits(schemaOf(kind, part), parts[part])]).toEqual([kind, part, true]);
  });

  it("accepts all 89 records, with all 20 kinds among them", () => {
    expect(examples.length).toBe(89);
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(recordKinds));
    for (const { kind, parts } of examples) {
      expect([kind, checkShape(kind, parts)]).toEqual([kind, []]);
      expect(parseClaims(kind, parts)).toMatchObject({ ok: true, value: { kind } });
    }
  });

  it("accepts no record under the name of another kind", () => {
    for (const { kind, parts } of examples)
      for (const other of recordKinds)
        if (other !== kind) expect(checkShape(other, parts).length).toBeGreaterThan(0);
  });

  it(
    "judges every mutation as refundlog.schema.json does, or more narrowly where its prose is",
    { timeout: 60_000 },
    () => {
      const wrong: unknown[] = [];
      let refused = 0;
      const kindsSeen = new Map<string, number>();
      for (const { kind, parts } of [...later, ...examples]) {
        const seen = kindsSeen.get(kind) ?? 0;
        kindsSeen.set(kind, seen + 1);
        if (seen >= runs(2, 4)) continue;
        for (const part of ["payload", "det", "ctx", "cust"] as const) {
          const value = parts[part];
          if (value === undefined) continue;
          for (const mutant of mutationsOf(value)) {
            const expected = fits(schemaOf(kind, part), mutant);
            const problems = checkShape(kind, { ...parts, [part]: mutant }).filter(
              (one) => one.part === part,
            );
            const actual = problems.length === 0;
            if (!actual) refused += 1;
            const isNarrower = problems.every(({ path, message }) =>
              narrower.some((pattern) => pattern.test(`${part} ${path} ${message}`)),
            );
            if (expected !== actual && !(expected && isNarrower))
              wrong.push([kind, part, mutant, problems]);
          }
        }
      }
      expect(wrong.slice(0, 5)).toEqual([]);
      expect(refused).toBeGreaterThan(10_000);
    },
  );
});

const h = "A".repeat(43);
const common = { v: 1, seq: 1, prev: h, iat: 1, _sd: [h] };
const below = { _sd: [h] };

const closeOf = (day: string) => ({ ...common, kind: "close", day, n: 0 });

const moneyAt = (at: string) => ({
  payload: { ...common, kind: "money", st: "failed", by: "row", refs: [0] },
  det: { ...below, at },
});

const moneyOver = (refs: readonly number[]) => ({
  payload: { ...common, kind: "money", st: "failed", by: "row", refs },
});

const paymentFrom = (src: string) => ({
  payload: {
    ...common,
    kind: "payment",
    amt: 1,
    cur: "CNY",
    sale: "0".repeat(16),
    src,
    st: "paid",
  },
  det: { ...below, acq: "a", ch: "c", grade: "A", key: null },
});

const decisionOf = (res: string, det: object) => ({
  payload: { ...common, kind: "decide", on: "refund", res, m: "pin", ref: 0 },
  det: { ...below, ...det },
});

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("shapes that only the prose demands", () => {
  it("knows the calendar: no 30 February, no 24 o'clock", () => {
    expect(decided("close", { payload: closeOf("2024-02-29") }, "payload")).toBe(true);
    for (const day of ["2026-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1"])
      expect([day, decided("close", { payload: closeOf(day) }, "payload")]).toEqual([day, false]);
    expect(decided("money", moneyAt("2026-01-05T23:59:59Z"), "det")).toBe(true);
    for (const at of [
      "2026-02-30T11:02:09Z",
      "2026-01-05T24:00:00Z",
      "2026-01-05T11:02:60Z",
      "2026-01-05T11:02:09",
      "2026-01-05T11:02:09+24:00",
    ])
      expect([at, decided("money", moneyAt(at), "det")]).toEqual([at, false]);
  });

  it("counts text in UTF-16 units: 250 faces fit, 251 do not", () => {
    const payload = { ...common, kind: "export", xid: "A".repeat(22) };
    const cust = (count: number) => ({ payload, cust: { text: "😀".repeat(count) } });
    expect(decided("export", cust(250), "cust")).toBe(true);
    expect(decided("export", cust(251), "cust")).toBe(false);
  });

  it("demands totals on refund and close, and refuses them elsewhere", () => {
    const ctx = { app: "1", clk: [1, 0], staff: "s1", tz: "Asia/Shanghai" };
    const payload = { ...common, kind: "close", day: "2026-01-05", n: 0 };
    expect(decided("close", { payload, ctx }, "ctx")).toBe(false);
    expect(decided("close", { payload, ctx: { ...ctx, tot: {} } }, "ctx")).toBe(true);
    expect(decided("gap", { payload, ctx: { ...ctx, tot: {} } }, "ctx")).toBe(false);
  });

  it("refuses lists of more than a thousand", () => {
    expect(decided("money", moneyOver(upTo(1000)), "payload")).toBe(true);
    expect(decided("money", moneyOver(upTo(1001)), "payload")).toBe(false);
  });

  it("refuses references that do not increase", () => {
    expect(decided("money", moneyOver([1, 2]), "payload")).toBe(true);
    expect(decided("money", moneyOver([2, 1]), "payload")).toBe(false);
    expect(decided("money", moneyOver([2, 2]), "payload")).toBe(false);
  });

  it("wants the statement row of an imported payment and the reason of a rejection", () => {
    expect(checkShape("payment", paymentFrom("scan"))).toEqual([]);
    expect(checkShape("payment", paymentFrom("import")).length).toBe(1);
    expect(checkShape("payment", paymentFrom("peer")).length).toBe(1);
    expect(checkShape("decide", decisionOf("approve", {}))).toEqual([]);
    expect(checkShape("decide", decisionOf("reject", {})).length).toBe(1);
    expect(checkShape("decide", decisionOf("reject", { rsn: "other" }))).toEqual([]);
  });

  it("looks at maps with names that mean something to JavaScript", () => {
    const payload = { ...common, kind: "contact", with: "customer" };
    const inv = (text: string) => ({
      payload,
      det: { ...below, via: "phone", inv: JSON.parse(text) as unknown },
    });
    expect(checkShape("contact", inv('{"__proto__":"a","constructor":"b"}'))).toEqual([]);
    expect(checkShape("contact", inv('{"__proto__":5}')).length).toBe(1);
    expect(checkShape("contact", inv('{"constructor":{}}')).length).toBe(1);
  });
});
