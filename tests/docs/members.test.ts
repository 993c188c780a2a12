// @vitest-environment happy-dom
// @vitest-environment-options {"settings":{"handleDisabledFileLoadingAsSuccess":true}}
import { describe, expect, test } from "vitest";

import { ack } from "../../src/ledger/kinds/ack.ts";
import { claim } from "../../src/ledger/kinds/claim.ts";
import { close } from "../../src/ledger/kinds/close.ts";
import { contact } from "../../src/ledger/kinds/contact.ts";
import { decide } from "../../src/ledger/kinds/decide.ts";
import { erase } from "../../src/ledger/kinds/erase.ts";
import { exportKind } from "../../src/ledger/kinds/export.ts";
import { gap } from "../../src/ledger/kinds/gap.ts";
import { genesis } from "../../src/ledger/kinds/genesis.ts";
import { goods } from "../../src/ledger/kinds/goods.ts";
import { importKind } from "../../src/ledger/kinds/import.ts";
import { money } from "../../src/ledger/kinds/money.ts";
import { notice } from "../../src/ledger/kinds/notice.ts";
import { payment } from "../../src/ledger/kinds/payment.ts";
import { policy } from "../../src/ledger/kinds/policy.ts";
import { refund } from "../../src/ledger/kinds/refund.ts";
import { rotate } from "../../src/ledger/kinds/rotate.ts";
import { below, common, ctx, cust, ev, item } from "../../src/ledger/kinds/shapes.ts";
import { staff } from "../../src/ledger/kinds/staff.ts";
import { wit } from "../../src/ledger/kinds/wit.ts";
import { withdraw } from "../../src/ledger/kinds/withdraw.ts";
import type { RecordKind } from "../../src/ledger/record.ts";
import * as tokens from "../../src/ledger/tokens.ts";
import { flatten, type Member, type Shape } from "./members.ts";
import { codesIn, readPage, rowsUnder } from "./page.ts";

const kinds = {
  ack,
  claim,
  close,
  contact,
  decide,
  erase,
  export: exportKind,
  gap,
  genesis,
  goods,
  import: importKind,
  money,
  notice,
  payment,
  policy,
  refund,
  rotate,
  staff,
  wit,
  withdraw,
} satisfies Record<RecordKind, { readonly core: Shape; readonly det: Shape }>;

/** Members of every payload; `kind` is a literal of its own in each. */
const everywhere: Readonly<Record<string, Shape>> = { ...common, kind: { type: "literal" } };

const page = readPage("public/docs/refundlog.html");

type Row = Member & { readonly where: string };

/** Values are compared where the shape has a closed list; elsewhere the cell is prose. */
const rowOf = (cells: readonly Element[], hasValues: (name: string) => boolean): Row => {
  const texts = cells.map((cell) => cell.textContent.trim());
  const [name = "", ...rest] = texts;
  const where = cells.length === 5 ? (rest[0] ?? "") : "";
  const presence = rest[cells.length - 4] === "optional" ? "optional" : "always";
  const values = hasValues(name) ? [...codesIn(cells.at(-2))].sort() : undefined;
  return { name, where, presence, values };
};

const compare = (id: string, wanted: readonly Row[]): void => {
  const closed = new Set(wanted.flatMap(({ name, values }) => (values ? [name] : [])));
  const rows = rowsUnder(page, id).map((cells) => rowOf(cells, (name) => closed.has(name)));
  const byName = (a: Row, b: Row) => `${a.where} ${a.name}`.localeCompare(`${b.where} ${b.name}`);
  expect(rows.toSorted(byName)).toEqual(wanted.toSorted(byName));
};

const at = (where: string, members: readonly Member[]): readonly Row[] =>
  members.map((member) => ({ ...member, where }));

describe("the specification's tables", () => {
  test.each(Object.entries(kinds))("have every member of %s, and no other", (name, shape) => {
    compare(`kind-${name}`, [
      ...at("core", flatten(shape.core, new Set(Object.keys(everywhere)))),
      ...at("det", flatten(shape.det, new Set(Object.keys(below)))),
    ]);
  });

  const everyRecord: Shape = { type: "strict_object", entries: everywhere };
  const shapes: Readonly<Record<string, Shape>> = { common: everyRecord, ctx, cust, ev, item };

  test.each(Object.entries(shapes))("have every member of %s, and no other", (name, shape) => {
    compare(`shape-${name}`, at("", flatten(shape)));
  });

  test.each(Object.entries(tokens))("have every claim of the token %s, no other", (name, shape) => {
    compare(`token-${name}`, at("", flatten(shape)));
  });

  test("have a section for each kind, and none for a kind that is none", () => {
    const sections = Array.from(page.querySelectorAll("[id^=kind-]"), ({ id }) => id.slice(5));
    expect(sections.toSorted()).toEqual(Object.keys(kinds).toSorted());
  });
});
