// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { headerMark, type SavedMapping } from "../../src/domain/statements/mapping.ts";
import type { LanguageTag } from "../../src/i18n/index.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { changeLanguage } from "../../src/ui/language.ts";
import { ImportRefused } from "../../src/ui/screens/import-statement/import-result.tsx";
import { NameColumns } from "../../src/ui/screens/import-statement/name-columns.tsx";
import { aShop } from "../support/deps.ts";
import { aStage, type Stage } from "./stage.tsx";

const words = ["交易时间", "流水号", "商户订单号", "交易类型", "交易金额", "交易状态"];
const lines = [
  "拉卡拉交易明细",
  words.join(","),
  "2026-03-05 10:20:30,L1,O1,消费,12.50,成功",
  "2026-03-05 11:20:30,L2,O1,退款,2.50,成功",
];

let stage: Stage;
let built: Built;
beforeEach(async () => {
  stage = aStage();
  built = { deps: (await aShop()).deps, abilities: {}, start: {} } as unknown as Built;
});
afterEach(async () => {
  stage.strike();
  await changeLanguage("zh-CN");
});

const show = async (
  before?: Pick<SavedMapping, "acquirer" | "mapping">,
): Promise<readonly SavedMapping[]> => {
  const named: SavedMapping[] = [];
  stage.show(
    <DepsProvider built={built}>
      <NameColumns
        lines={lines}
        before={before}
        onNamed={(mapping) => named.push(mapping)}
        onCancel={() => undefined}
      />
    </DepsProvider>,
  );
  await vi.waitFor(() => expect(stage.app.querySelector("form")).not.toBeNull());
  return named;
};

const field = (name: string): HTMLInputElement | HTMLSelectElement => {
  const found = stage.app.querySelector<HTMLInputElement>(`[name=${name}]`);
  if (found === null) throw new Error(`no field ${name}`);
  return found;
};

const choose = (name: string, value: string): void =>
  void act(() => {
    field(name).value = value;
    field(name).dispatchEvent(new Event("change", { bubbles: true }));
  });

const columns = {
  day: "交易时间",
  transaction: "流水号",
  order: "商户订单号",
  kind: "交易类型",
  amount: "交易金额",
  status: "交易状态",
} as const;

/** What a browser has chosen by itself: happy-dom loses which option is selected at first. */
const fill = (): void => {
  for (const [name, value] of Object.entries({ acquirer: "lakala", unit: "yuan", ...columns }))
    choose(name, value);
  choose("direction", "column");
};

const submit = (): void =>
  void act(() => {
    stage.app
      .querySelector("form")
      ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });

describe("the form that names the columns of an unknown statement", () => {
  it("shows header and first rows, suggests the words under a column, and gives the mapping", async () => {
    const named = await show();
    const cells = [...stage.app.querySelectorAll(".map-table th")].map((cell) => cell.textContent);
    expect(cells).toEqual(words);
    expect(stage.app.querySelector(".map-table")?.textContent).toContain("12.50");
    fill();
    submit();
    expect(named).toEqual([
      {
        acquirer: "lakala",
        channel: "other",
        mapping: {
          header: headerMark(words),
          columns,
          unit: "yuan",
          direction: "column",
          words: { payment: ["消费"], refund: ["退款"], revoked: [], done: ["成功"] },
        },
      },
    ]);
  });

  it.each(["zh-CN", "en"] satisfies LanguageTag[])(
    "in %s says at the field what is missing, and gives nothing",
    async (language) => {
      await changeLanguage(language);
      const named = await show();
      fill();
      for (const [name, value] of [
        ["refund_words", "消费"],
        ["amount", ""],
      ] as const) {
        choose(name, value);
        submit();
        const fault = field(name).closest(".field")?.querySelector(".fault")?.textContent ?? "";
        expect(fault.length).toBeGreaterThan(5);
        expect(fault).not.toMatch(/[{}]|recon\./);
        expect(field(name).getAttribute("aria-invalid")).toBe("true");
      }
      expect(named).toEqual([]);
    },
  );

  it("asks for the words of a column only where the column counts", async () => {
    await show();
    choose("direction", "sign");
    expect(stage.app.querySelector("[name=refund_words]")).toBeNull();
    choose("status", "");
    expect(stage.app.querySelector("[name=done_words]")).toBeNull();
  });

  it("shows what was said before, to be changed", async () => {
    const named = await show();
    fill();
    choose("refund_words", "退货、退款");
    submit();
    stage.strike();
    const [before] = named;
    await show(before);
    expect(field("refund_words").value).toBe("退货、退款");
  });
});

const refuse = (known: readonly string[]): readonly (readonly string[])[] => {
  const opened: (readonly string[])[] = [];
  const fault = { kind: "not_a_statement", lines: known } as const;
  stage.show(
    <DepsProvider built={built}>
      <ImportRefused
        refused={{ state: "refused", file: new File([], "bill.csv"), fault }}
        take={() => undefined}
        onAnyway={() => undefined}
        onColumns={(offered) => opened.push(offered)}
      />
    </DepsProvider>,
  );
  stage.press("自己对应列");
  return opened;
};

describe("a file that nobody knows", () => {
  it("offers to name its columns where its lines look like a table, and only there", () => {
    expect(refuse(lines)).toEqual([lines]);
    expect(refuse(["hello", "world"])).toEqual([]);
  });
});
