import {
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  openShop,
  reasonChip,
  recordPayment,
  refundNumber,
  test,
  type App,
} from "./support/app.ts";
import {
  badge,
  exportFile,
  idHere,
  lookOver,
  openCase,
  reportUpload,
  row,
  sheet,
  sheetButton,
} from "./support/journey.ts";
import { saveByDownload } from "./support/files.ts";
import type { Findings } from "./support/measure.ts";

const header =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";

const summary =
  "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

const ticked = (cells: readonly string[]): string => cells.map((cell) => `\`${cell}`).join(",");

const wallClock = (at: Date): string =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Shanghai",
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);

type Row = { readonly order: string; readonly refundNo: string; readonly yuan: string };

/** A trade bill of WeChat with these refunds, all of them done. */
const aBill = (rows: readonly Row[]): Buffer => {
  const lines = rows.map(({ order, refundNo, yuan }, at) =>
    ticked(
      `${wallClock(new Date())}|wx1|1694392071|0||4200002643202611260000000${at}00|${order}|o1|MICROPAY|REFUND|CMB|CNY|0.00|0.00|5030080696202611220597899000${at}|${refundNo}|${yuan}|0.00|ORIGINAL|SUCCESS|早餐||0.00000|0.60%|0.00|${yuan}|`.split(
        "|",
      ),
    ),
  );
  const sum = rows.reduce((all, { yuan }) => all + Number(yuan), 0).toFixed(2);
  const totals = ticked([String(rows.length), "0.00", sum, "0.00", "0.00", "0.00", sum]);
  return Buffer.from([header, ...lines, summary, totals, ""].join("\r\n"));
};

const importBill = async (app: App, rows: readonly Row[]): Promise<void> => {
  await goTo(app, "#/recon/import");
  await expectScreen(app, "C1");
  const file = { name: "bill.csv", mimeType: "text/csv", buffer: aBill(rows) };
  await app.page.locator("main input[type=file]").first().setInputFiles(file);
  await app.page
    .getByRole("button", { name: app.t("recon.confirm.import"), exact: true })
    .click({ timeout: 20_000 });
  await expect(app.page.locator("main")).toContainText(app.t("recon.import.done", { rows: 2 }));
};

test.describe("at 320 px", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test(
    "R5 R6 X11 X24 a statement moves a refund to arrived, and what differs is settled",
    { tag: "@phone" },
    async ({ app }) => {
      const findings: Findings = {};
      await saveByDownload(app);
      await openShop(app);
      await recordPayment(app, { yuan: "36", number: "RECON-00001" });
      await reasonChip(app, "overpaid").click();
      await confirmRefund(app, 3600);
      const id = await idHere(app);
      const refundNo = await refundNumber(app);
      await exportFile(app);
      await reportUpload(app);
      await importBill(app, [
        { order: "RECON-00001", refundNo, yuan: "36.00" },
        { order: "OTHER-00001", refundNo: "PORTAL1", yuan: "5.00" },
      ]);
      await openCase(app, id);
      await expect(badge(app)).toHaveText(app.t("state.succeeded"));

      await goTo(app, "#/recon");
      await expect(app.page.locator("main")).toContainText(app.t("recon.needs_eyes", { n: 1 }));
      const folds = app.page.locator("main .fold");
      await folds
        .filter({ hasText: app.t("recon.class.missing_here") })
        .locator("summary")
        .click();
      await lookOver(app, "T3", findings);
      await row(app, "PORT AL1").click();
      await lookOver(app, "C3", findings);
      await sheetButton(app, app.t("recon.outside")).click();
      await expect(sheet(app)).toContainText(app.t("fault.payment_not_here"));
      await app.page.keyboard.press("Escape");
      await folds
        .filter({ hasText: app.t("recon.class.matched") })
        .locator("summary")
        .click();
      await app.page.locator("main .fold .row").last().click();
      await lookOver(app, "C3 matched", findings);
      const orders = sheet(app).getByRole("group", { name: app.t("recon.side.order_no") });
      const [ours, theirs] = await orders.locator("bdi").allTextContents();
      expect(ours).toMatch(/^RECO/);
      expect(theirs).toBe(ours);
      await sheet(app)
        .getByRole("link", { name: app.t("recon.open_refund") })
        .click();
      await expectScreen(app, "D1");
      expect(findings).toEqual({});
    },
  );
});
