import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import {
  findMappingFault,
  headerMark,
  type StatementMapping,
} from "../../../src/domain/statements/mapping.ts";
import { guessMapping } from "../../../src/domain/statements/mapping-guess.ts";
import { findTable, openHeader } from "../../../src/domain/statements/mapped-table.ts";
import { valueOf } from "../../support/a.ts";
import { columns, header, mapping, paid, withCell } from "./a-mapping.ts";
import { readStatement } from "./read-statement.ts";

const generator = "../shared/data/generate/gen-statements.mjs";

describe("the first lines of an unknown file", () => {
  it("show the header under a title, and suggest what each column is", () => {
    const table = findTable([
      "拉卡拉交易明细",
      "门店：小林饰品摊,,",
      header.join(","),
      paid.join(","),
      withCell("交易类型", "退货").join(","),
    ]);
    expect(table).toMatchObject({ at: 2, words: header });
    expect(table && guessMapping(table)).toEqual({
      columns,
      unit: "yuan",
      direction: "column",
      words: { ...mapping.words, revoked: [] },
    });
  });

  it("with two columns of one name tell them apart, and with padding tabs part at commas", () => {
    expect(openHeader("金额,日期,金额").words).toEqual(["金额", "日期", "金额 (2)"]);
    expect(openHeader("金额\t,日期\t,单号\t").words).toEqual(["金额", "日期", "单号"]);
  });

  it.each(["", "hello", "1,2,3", "%PDF-1.7 obj"])("are no table when they are %j", (line) => {
    expect(findTable([line])).toBeUndefined();
  });
});

const without = (role: keyof typeof columns): StatementMapping["columns"] =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => name !== role));

describe("a mapping that reads the wrong thing", () => {
  const { words } = mapping;
  it.each([
    ["no_amount_column", { columns: without("amount") }],
    ["no_day_column", { columns: without("day") }],
    ["no_number_column", { columns: { amount: "交易金额(元)", day: "交易日期" } }],
    ["column_twice", { columns: { ...columns, clock: "交易日期" } }],
    ["no_kind_column", { columns: without("kind") }],
    ["no_kind_words", { words: { ...words, payment: [], refund: [] } }],
    ["word_twice", { words: { ...words, revoked: ["退货"] } }],
    ["no_done_words", { words: { ...words, done: [] } }],
  ] as const)("is refused with %s", (kind, over) => {
    expect(findMappingFault({ ...mapping, ...over })).toEqual({ kind });
    expect(findMappingFault(mapping)).toBeUndefined();
  });
});

type Side = { readonly n: number; readonly sumFen: number };

type Generate = (
  options: Readonly<Record<string, unknown>>,
  write: (bytes: Uint8Array) => void,
) => { readonly expected: { readonly payments: Side; readonly refunds: Side } };

describe("a generated statement under another header", () => {
  it.skipIf(!existsSync(generator))(
    "gives the sums of the generator once its columns are named (../shared/data/generate)",
    async () => {
      const { generate } = (await import(pathToFileURL(generator).href)) as {
        readonly generate: Generate;
      };
      const parts: Uint8Array[] = [];
      const { expected } = generate({ format: "wechat-all", rows: 500 }, (bytes) =>
        parts.push(bytes.slice()),
      );
      const lines = Buffer.concat(parts).toString("utf8").replace("\uFEFF", "").split("\r\n");
      const cells = lines
        .slice(0, 501)
        .map((line) => (line.startsWith("`") ? line.slice(1).split(",`") : line.split(",")));
      const names = cells[0] ?? [];
      const at = (name: string): number => names.indexOf(name);
      const rows = cells.slice(1).map((row) => {
        const isRefund = row[at("交易状态")] === "REFUND";
        const amount = row[at(isRefund ? "申请退款金额" : "订单金额")] ?? "";
        return [
          row[at("交易时间")] ?? "",
          row[at("微信订单号")] ?? "",
          row[at("商户退款单号")] ?? "",
          isRefund ? "退款" : "消费",
          amount,
        ];
      });
      const own = ["时间", "流水号", "退款单号", "类型", "金额"];
      const text = [own, ...rows, []].map((row) => row.join("\t")).join("\n");
      const table = findTable(text.split("\n").slice(0, 60));
      if (table === undefined) throw new Error("a table");
      const guessed = { header: headerMark(table.words), ...guessMapping(table) };
      expect(findMappingFault(guessed)).toBeUndefined();
      const { result } = readStatement(new TextEncoder().encode(text), {
        mappings: [{ acquirer: "custom", channel: "other", mapping: guessed }],
      });
      expect(valueOf(result).sums).toMatchObject([
        {
          payments: { count: expected.payments.n, minor: expected.payments.sumFen },
          refunds: { count: expected.refunds.n, minor: expected.refunds.sumFen },
        },
      ]);
    },
  );
});
