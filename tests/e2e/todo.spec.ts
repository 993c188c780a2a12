import {
  amountChip,
  button,
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  link,
  openShop,
  recordPayment,
  screen,
  test,
  type App,
} from "./support/app.ts";
import { downloaded, saveByDownload } from "./support/files.ts";

const aRefund = async (app: App): Promise<string> => {
  await openShop(app);
  await recordPayment(app, { yuan: "36", number: "S20260105170702357799" });
  await amountChip(app, "half").click();
  return confirmRefund(app, 1800);
};

const setMail = async (app: App, mail: string): Promise<void> => {
  await goTo(app, "#/shop");
  await app.page.locator("input[name=mail]").fill(mail);
  await button(app, app.t("action.save")).click();
  await expect(app.page.locator("main")).toContainText(app.t("people.saved"));
};

const head = (app: App, kind: "submit" | "merchant_copy", n: number): string =>
  app.t("todo.head", { what: app.t(`todo.kind.${kind}`), n });

test(
  "R46 what needs a person is listed, and each line opens the page where it is done",
  { tag: "@phone" },
  async ({ app }) => {
    await saveByDownload(app);
    await aRefund(app);
    await goTo(app, "#/todo");
    await expect(screen(app, "T2a")).toContainText(app.t("todo.empty"));
    await goTo(app, "#/export");
    await downloaded(app, () => button(app, app.t("export.save")).click());
    await expectScreen(app, "E4");
    await goTo(app, "#/todo");
    await expect(screen(app, "T2a")).toContainText(head(app, "submit", 1));
    await app.page.locator("main a[href^='#/upload/']").click();
    await expectScreen(app, "E4");
    const report = { count: app.t("word.count", { n: 1 }), amount: app.yuan(1800) };
    await button(app, app.t("export.upload.report", report)).click();
    await expect(screen(app, "E4")).toContainText(app.t("export.upload.is_uploaded"));
    await goTo(app, "#/todo");
    await expect(screen(app, "T2a")).toContainText(app.t("todo.empty"));
  },
);

test(
  "R42 the merchant's copy waits for an address, leaves as a letter, and is noted as sent",
  { tag: "@phone" },
  async ({ app }) => {
    await saveByDownload(app);
    const number = await aRefund(app);
    await goTo(app, "#/outbox");
    await expect(screen(app, "E6")).toContainText(app.t("todo.outbox.no_mail"));
    await expect(screen(app, "E6")).toContainText(app.t("todo.outbox.waiting", { n: 1 }));
    await setMail(app, "shop@example.com");
    await goTo(app, "#/todo");
    await expect(screen(app, "T2a")).toContainText(head(app, "merchant_copy", 1));
    await app.page.locator("main a[href='#/outbox']").click();
    await app.page.locator("main .rows button").first().click();
    const mailto = link(app, app.t("todo.outbox.mail_app"));
    await expect(mailto).toHaveAttribute("href", /^mailto:shop@example\.com\?subject=/);
    await app.page.keyboard.press("Escape");
    const all = app.t("todo.outbox.share_all", { count: app.t("word.count", { n: 1 }) });
    const file = await downloaded(app, () => button(app, all).click());
    expect(file.name).toMatch(/^refund-desk_merchant-copy_.*\.eml$/);
    const [letterHead = "", body = ""] = file.bytes.toString("latin1").split("\r\n\r\n");
    expect(letterHead).toContain("To: shop@example.com");
    expect(letterHead).toContain(`Message-ID: <${number}.1@`);
    const text = Buffer.from(body, "base64").toString("utf8");
    expect(text).toContain(number);
    expect(text).toContain(app.t("todo.copy.standing.recorded"));
    await expect(screen(app, "E6")).toContainText(app.t("todo.outbox.empty"));
    await expect(screen(app, "E6")).toContainText(app.t("todo.outbox.sent"));
    await goTo(app, "#/todo");
    await expect(screen(app, "T2a")).toContainText(app.t("todo.empty"));
  },
);
