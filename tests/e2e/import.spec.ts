import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import {
  button,
  expect,
  expectScreen,
  goTo,
  openShop,
  practise,
  test,
  tapsOf,
  typeNumber,
  unlock,
  type App,
} from "./support/app.ts";
import { storedText } from "./support/stored.ts";
import { anXlsx } from "../workers/an-xlsx.ts";
import { aZip } from "../workers/a-zip.ts";

const fixtures = fileURLToPath(new URL("../fixtures/statements", import.meta.url));
const shared = fileURLToPath(new URL("../../../shared/data/statements", import.meta.url));

type Side = { readonly n: number; readonly sumFen: number };
type Expected = {
  readonly rows: number;
  readonly payments: Side;
  readonly refunds: Side;
  readonly refundRows: readonly { readonly transactionNo: string }[];
};

const readExpected = (file: string): Expected =>
  JSON.parse(readFileSync(`${file}.expected.json`, "utf8")) as Expected;

const wechat = join(fixtures, "wechat_trade_ALL_60.csv");
const alipay = join(fixtures, "alipay_trade_detail_60_raw_commas.GBK.csv");

const main = (app: App) => app.page.locator("main");

const choose = async (app: App, file: string): Promise<void> => {
  await goTo(app, "#/recon/import");
  await expectScreen(app, "C1");
  await app.page.locator("main input[type=file]").first().setInputFiles(file);
};

/** What was read is shown; one more tap and it counts. */
const confirm = async (app: App): Promise<void> => {
  const go = app.page.getByRole("button", { name: app.t("recon.confirm.import"), exact: true });
  await go.click({ timeout: 20_000 });
};

/** The line of the summary that begins with this word. */
const line = (app: App, label: string) =>
  app.page
    .locator("main li")
    .filter({ hasText: new RegExp(`^\\s*${label}`) })
    .first();

/** The figures on the page are those of the file, to the fen. */
const expectFigures = async (app: App, expected: Expected): Promise<void> => {
  for (const [label, side] of [
    [app.t("recon.import.paid"), expected.payments],
    [app.t("recon.import.refunded"), expected.refunds],
  ] as const) {
    await expect(line(app, label)).toContainText(app.yuan(side.sumFen), { timeout: 20_000 });
    await expect(line(app, label)).toContainText(app.t("recon.import.pieces", { n: side.n }));
  }
};

const expectNothingNew = (app: App) =>
  expect(app.page.locator("main")).toContainText(
    app.language === "en" ? /already|imported/i : /没有重复写入|没有新增/,
    { timeout: 20_000 },
  );

for (const file of [wechat, alipay])
  test(
    `${basename(file)} is imported with the exact sums of its rows, and once only`,
    { tag: "@phone" },
    async ({ app }) => {
      const expected = readExpected(file);
      await openShop(app);
      await choose(app, file);
      await expectFigures(app, expected);
      await expect(app.page.locator("main")).toContainText(app.t("recon.confirm.text"));
      expect(await tapsOf(app, () => confirm(app))).toBe(1);
      await expectFigures(app, expected);
      await expect(app.page.locator("main")).toContainText(
        app.t("recon.import.done", { rows: expected.rows }),
      );
      const before = (await storedText(app)).length;
      await choose(app, file);
      await expectNothingNew(app);
      const after = (await storedText(app)).length;
      expect(Math.abs(after - before)).toBeLessThan(2000); // no second copy of the rows
      const [row] = expected.refundRows;
      if (row === undefined) throw new Error("the fixture lists its refunds");
      await typeNumber(app, row.transactionNo);
      await expectScreen(app, "R1");
    },
  );

const readSharedExpected = (): Readonly<Record<string, Expected>> => {
  const told = JSON.parse(readFileSync(join(shared, "expected.json"), "utf8")) as
    | Readonly<Record<string, Expected>>
    | { readonly files: Readonly<Record<string, Expected>> };
  return "files" in told ? (told.files as Readonly<Record<string, Expected>>) : told;
};

/** Its trailer counts a row more than it has. */
const lying = "alipay_trade_detail_2026-06-05_partly_synthetic_coupon.GBK.csv";

const realFiles = [
  "wechat_trade_ALL_2021-01-28_real.csv",
  "wechat_trade_ALL_2014-11-10_official_doc_sample_legacy.csv",
  "wechat_trade_REFUND_2018-08-21_real_legacy_submch.csv",
  lying,
];

test(
  "real statements are imported with the counts and sums of their README",
  { tag: "@phone" },
  async ({ app }) => {
    test.skip(!existsSync(shared), "../shared/data/statements is not on this machine");
    const expected = readSharedExpected();
    await openShop(app);
    for (const name of realFiles) {
      await choose(app, join(shared, name));
      const sums = expected[name];
      if (sums === undefined) throw new Error(`expected.json does not know ${name}`);
      await expectFigures(app, sums);
      if (name === lying) continue;
      await confirm(app);
      await expect(main(app)).toContainText(app.t("recon.import.done", { rows: sums.rows }));
    }
    await expect(main(app)).toContainText(app.t("recon.then.totals_differ"));
  },
);

test(
  "a file whose rows do not reach its own sums is refused whole",
  { tag: "@phone" },
  async ({ app }) => {
    test.skip(!existsSync(shared), "../shared/data/statements is not on this machine");
    await openShop(app);
    await goTo(app, "#/recon/import");
    await expectScreen(app, "C1");
    const before = await storedText(app);
    await choose(app, join(shared, "wechat_trade_REFUND_2019-07-23_wxjava_anonymised.csv"));
    await expect(app.page.locator("main")).toContainText(app.t("recon.then.totals_differ"));
    expect((await storedText(app)).length).toBe(before.length);
  },
);

test(
  "fund bills are imported as movements, and say that they hold no payments",
  { tag: "@phone" },
  async ({ app }) => {
    await openShop(app);
    for (const [name, moved] of [
      ["wechat_fund_5.csv", { income: 2500, refunded: 1050 }],
      ["alipay_fund_4.GBK.csv", { income: 109_980, refunded: 0 }],
    ] as const) {
      await choose(app, join(fixtures, name));
      await confirm(app);
      await expect(main(app)).toContainText(app.t("recon.import.done_fund"), { timeout: 20_000 });
      await expect(line(app, app.t("recon.import.income"))).toContainText(app.yuan(moved.income));
      await expect(line(app, app.t("recon.import.refunded"))).toContainText(
        app.yuan(moved.refunded),
      );
    }
  },
);

test(
  "UnionPay's file shows its first rows and is imported on a second word only",
  { tag: "@phone" },
  async ({ app }) => {
    await openShop(app);
    const file = join(fixtures, "unionpay_ZM_8.txt");
    await choose(app, file);
    await expect(main(app)).toContainText(app.t("recon.then.no_summary_unionpay"), {
      timeout: 20_000,
    });
    await expectFigures(app, readExpected(file));
    await main(app)
      .getByText(app.t("recon.import.first_rows", { n: 8 }))
      .click();
    await expect(main(app)).toContainText("R7K2Q4000012345S");
    await app.page.getByRole("button", { name: app.t("recon.import.anyway", { rows: 8 }) }).click();
    await expect(main(app)).toContainText(app.t("recon.import.done", { rows: 8 }));
    await typeNumber(app, "812601010000000000007");
    await expectScreen(app, "R1");
  },
);

test(
  "a statement is read inside a zip and a sheet, and a zip with a password is refused",
  { tag: "@phone" },
  async ({ app }, info) => {
    await openShop(app);
    const bytes = readFileSync(wechat);
    const lines = bytes.toString("utf8").replace("\uFEFF", "").trimEnd().split("\r\n");
    const cells = lines.map((text) =>
      text.replace(/^`/, "").split(text.startsWith("`") ? ",`" : ","),
    );
    const files = {
      "locked.zip": aZip([{ name: "bill.csv", bytes, flags: 1 }]),
      "bill.zip": aZip([{ name: "bill.csv", bytes }]),
      "bill.xlsx": anXlsx(cells),
    };
    const written = (name: keyof typeof files): string => {
      writeFileSync(info.outputPath(name), files[name]);
      return info.outputPath(name);
    };
    await choose(app, written("locked.zip"));
    await expect(main(app)).toContainText(app.t("recon.then.packed_encrypted"), {
      timeout: 20_000,
    });
    await choose(app, written("bill.zip"));
    await confirm(app);
    await expect(main(app)).toContainText(app.t("recon.import.done", { rows: 60 }));
    await choose(app, written("bill.xlsx"));
    await confirm(app);
    await expectNothingNew(app);
    await expect(main(app)).toContainText("XLSX");
  },
);

test("a statement is taken by drag and drop", { tag: "@tablet" }, async ({ app }) => {
  await practise(app);
  await goTo(app, "#/recon/import");
  await expectScreen(app, "C1");
  const text = readFileSync(wechat, "utf8");
  const transfer = await app.page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], "bill.csv", { type: "text/csv" }));
    return data;
  }, text);
  await app.page.dispatchEvent("main", "dragover", { dataTransfer: transfer });
  await app.page.dispatchEvent("main", "drop", { dataTransfer: transfer });
  await expectFigures(app, readExpected(wechat));
});

test("cancel in the middle leaves nothing behind", { tag: "@phone" }, async ({ app }, info) => {
  await openShop(app);
  const [head = "", row = ""] = readFileSync(wechat, "utf8").split("\r\n");
  const rows = Array.from({ length: 120_000 }, (_, index) =>
    row.replace(/`\d{28}/, `\`4200${String(index).padStart(24, "0")}`),
  );
  const large = info.outputPath("large.csv");
  writeFileSync(large, [head, ...rows].join("\r\n"));
  await goTo(app, "#/recon/import");
  await expectScreen(app, "C1");
  const before = await storedText(app);
  await app.page.locator("main input[type=file]").first().setInputFiles(large);
  await app.page.getByRole("button", { name: app.t("action.cancel") }).click();
  await expect(app.page.locator("main")).toContainText(app.t("recon.then.aborted"));
  await expect.poll(async () => (await storedText(app)).length).toBeLessThan(before.length + 500);
  expect(await storedText(app)).not.toContain(`4200${"5".padStart(24, "0")}`);
});

test(
  "a statement nobody knows is imported once its columns are named, and the next by itself",
  { tag: "@phone" },
  async ({ app }, info) => {
    await openShop(app);
    const statement = (name: string, day: string): string => {
      const header = "交易日期,交易时间,商户订单号,流水号,交易类型,交易金额(元),状态";
      const rows = [
        `${day},10:20:30,ORDER-${name},LKL${name}01,消费,12.50,成功`,
        `${day},11:20:30,ORDER-${name},LKL${name}02,退款,2.50,成功`,
        `${day},12:20:30,ORDER-${name}X,LKL${name}03,消费,99.00,失败`,
        "合计,,,,,109.00,",
      ];
      writeFileSync(
        info.outputPath(`${name}.csv`),
        ["拉卡拉交易明细", header, ...rows, ""].join("\n"),
      );
      return info.outputPath(`${name}.csv`);
    };
    await choose(app, statement("A", "2026-03-05"));
    await app.page.setViewportSize({ width: 320, height: 640 });
    const taps = await tapsOf(app, async () => {
      await button(app, app.t("recon.map.entry")).click();
      await button(app, app.t("recon.map.read")).click();
      await expect(main(app)).toContainText(app.t("recon.confirm.text_mapped"));
      await confirm(app);
    });
    expect(taps).toBe(3);
    await expect(main(app)).toContainText(app.t("recon.import.done", { rows: 2 }));
    await expect(line(app, app.t("recon.import.refunded"))).toContainText(app.yuan(250));
    expect(await app.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await app.page.reload();
    await unlock(app);
    await choose(app, statement("B", "2026-03-06"));
    await button(app, app.t("recon.map.change")).click();
    await expect(main(app).getByLabel(app.t("recon.map.amount"), { exact: true })).toHaveValue(
      "交易金额(元)",
    );
    expect(await app.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await button(app, app.t("action.cancel")).click();
    expect(await storedText(app)).not.toContain("ORDER-B");
    await typeNumber(app, "LKLA01");
    await expectScreen(app, "R1");
    await expect(main(app)).toContainText(app.yuan(1000));
  },
);
