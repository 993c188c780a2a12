import { chromium } from "@playwright/test";

import { executablePath, flags } from "./playwright.config.ts";
import {
  button,
  expect,
  expectScreen,
  goTo,
  newApp,
  openShop,
  practise,
  recordPayment,
  shoot,
  test as base,
  typeNumber,
  type App,
} from "./support/app.ts";
import { cameraFlags, pictureOf, showCamera, type Code } from "./support/camera.ts";
import { storedText } from "./support/stored.ts";

type Till = App & {
  /** Holds codes before the camera and opens the scan page anew. */
  readonly hold: (...codes: readonly Code[]) => Promise<void>;
};

const test = base.extend<{ readonly till: Till }>({
  till: async ({ server, locale, viewport, timezoneId }, use, info) => {
    const file = info.outputPath("camera.y4m");
    showCamera(file);
    await server.start();
    const browser = await chromium.launch({
      executablePath,
      args: [...flags, ...cameraFlags(file)],
    });
    const context = await browser.newContext({
      viewport,
      ...(locale === undefined ? {} : { locale }),
      ...(timezoneId === undefined ? {} : { timezoneId }),
      permissions: ["camera"],
    });
    const app = await newApp(context, server, locale);
    const hold = async (...codes: readonly Code[]): Promise<void> => {
      await goTo(app, "#/about");
      await expect(app.page.locator("video")).toBeHidden();
      showCamera(file, ...codes);
      await goTo(app, "#/scan");
    };
    await use({ ...app, hold });
    expect(app.problems).toEqual([]);
    await browser.close();
  },
});

const said = (app: App, sentence: string) =>
  expect(app.page.locator("main").getByText(sentence).first()).toBeVisible({ timeout: 20_000 });

const orderNo = "4200002086202601051160745961";

test("a QR code before the camera finds its payment", async ({ till }) => {
  await openShop(till);
  await recordPayment(till, { yuan: "36", number: orderNo });
  await till.hold({ kind: "qrcode", text: orderNo });
  await expectScreen(till, "R1");
  await expect(button(till, till.t("refund.confirm", { amount: till.yuan(3600) }))).toBeVisible();
});

test("Code 128 and EAN-13 find their payments by camera", { tag: "@phone" }, async ({ till }) => {
  await openShop(till);
  await recordPayment(till, { yuan: "18", number: orderNo });
  await recordPayment(till, { yuan: "25.50", number: "6901234567892" });
  await till.hold({ kind: "code128", text: orderNo });
  await expectScreen(till, "R1");
  await expect(button(till, till.t("refund.confirm", { amount: till.yuan(1800) }))).toBeVisible();
  await till.hold({ kind: "ean13", text: "6901234567892" });
  await expectScreen(till, "R1");
  await expect(button(till, till.t("refund.confirm", { amount: till.yuan(2550) }))).toBeVisible();
});

test(
  "X27 a payment code is refused by camera, typing and picture, and kept nowhere",
  { tag: "@phone" },
  async ({ till }) => {
    const code = "289431869362714645";
    const heard: string[] = [];
    till.page.on("console", (message) => heard.push(message.text()));
    await practise(till);
    await till.hold({ kind: "code128", text: code });
    await said(till, till.t("scan.said.payment_code"));
    await typeNumber(till, code);
    await said(till, till.t("scan.said.payment_code"));
    await expect(till.page.locator("input[name=number]")).toHaveValue("");
    await goTo(till, "#/scan");
    await till.page.locator("input[type=file]").setInputFiles({
      name: "pay.png",
      mimeType: "image/png",
      buffer: await pictureOf({ kind: "code128", text: code }),
    });
    await said(till, till.t("scan.said.payment_code"));
    const kept = `${await storedText(till)}\n${heard.join("\n")}\n${till.page.url()}`;
    expect(kept).toContain("4200009900"); // the numbers of the practice day are found by this look
    expect(kept).not.toContain(code.slice(2, 12));
    expect(kept).not.toContain(code.slice(-8));
  },
);

test(
  "every other code before the camera gets its sentence",
  { tag: "@phone" },
  async ({ till }) => {
    await practise(till);
    const sentences = [
      ["wxp://f2f0in9xnsA4G_eXWBRORK63ixD6bMQcP11eKGFz1VS4Kf0", "scan.said.collection"],
      ["01,32,,26427000000375586818,10.70,20260430,,FAFB", "scan.said.invoice"],
      ["<img src=x onerror=alert(1)>", "scan.said.unknown"],
    ] as const;
    for (const [text, key] of sentences) {
      await till.hold({ kind: "qrcode", text });
      await said(till, till.t(key));
    }
    await expect(till.page.locator("main").getByText("<img src=x onerror=alert(1)>")).toBeVisible();
    await till.hold({ kind: "ean13", text: "6901234567892" });
    await said(till, till.t("scan.said.product"));
  },
);

test(
  "F78 two codes before the camera are numbered in its picture, and the one tapped is opened",
  { tag: "@phone" },
  async ({ till }) => {
    await practise(till);
    await till.hold(
      { kind: "qrcode", text: "SHOP-A-000123" },
      { kind: "code128", text: "SHOP-B-7" },
    );
    const sheet = till.page.getByRole("dialog");
    await expect(sheet).toContainText(till.t("scan.several.title"));
    await expect(sheet.locator("svg text")).toHaveText(["1", "2"]);
    await expect(sheet.locator("svg polygon")).toHaveCount(2);
    await sheet.getByRole("button", { name: "B-7" }).click();
    await expect.poll(() => till.page.url()).toContain("SHOP-B-7");
  },
);

test("a picture of a code is read as by camera", { tag: "@tablet" }, async ({ till }) => {
  await openShop(till);
  await recordPayment(till, { yuan: "36", number: orderNo });
  await goTo(till, "#/scan");
  await till.page.locator("input[type=file]").setInputFiles({
    name: "bill.png",
    mimeType: "image/png",
    buffer: await pictureOf({ kind: "qrcode", text: orderNo }),
  });
  await expectScreen(till, "R1");
});

const isSecondEngine = (url: string): boolean => url.includes("/assets/second-engine.worker-");

test(
  "what the first engine does not read in a picture the second reads, offline, and only then it is loaded",
  { tag: "@tablet" },
  async ({ app }) => {
    const workers: string[] = [];
    app.page.on("worker", (worker) => workers.push(worker.url()));
    const show = async (kind: Code["kind"], text: string): Promise<void> => {
      await goTo(app, "#/scan");
      await app.page.locator("input[type=file]").setInputFiles({
        name: "bill.png",
        mimeType: "image/png",
        buffer: await pictureOf({ kind, text }),
      });
      await expectScreen(app, "R1");
    };
    await openShop(app);
    await recordPayment(app, { yuan: "36", number: orderNo });
    await show("qrcode", orderNo);
    expect(workers.filter(isSecondEngine)).toEqual([]);
    await show("datamatrix", orderNo);
    expect(workers.filter(isSecondEngine)).toHaveLength(1);
  },
);

test("without a camera the other three ways are open", async ({ app }) => {
  await practise(app);
  await button(app, app.t("scan.start")).click();
  await expect(button(app, app.t("scan.retry"))).toBeVisible();
  await typeNumber(app, "12");
  await expect(app.page.locator("main .fault").first()).toBeVisible();
});

test(
  "an order number that may be a payment code is asked about, never guessed",
  { tag: "@tablet" },
  async ({ app }) => {
    await practise(app);
    await typeNumber(app, "261023116574060365");
    await expect(app.page.getByRole("dialog")).toContainText(app.t("scan.which.title"));
    await button(app, app.t("scan.which.payer")).click();
    await said(app, app.t("scan.said.payment_code"));
    expect(await storedText(app)).not.toContain("3116574060");
  },
);

test(
  "a scanner gun finds the payment without a field; the same digits typed by hand do not",
  { tag: "@phone" },
  async ({ app }) => {
    await openShop(app);
    await recordPayment(app, { yuan: "36", number: orderNo });
    await goTo(app, "#/scan");
    await expectScreen(app, "T1");
    await app.page.keyboard.type(orderNo.slice(0, 8), { delay: 150 });
    await app.page.keyboard.press("Enter");
    await expectScreen(app, "T1");
    await shoot(app, orderNo);
    await expectScreen(app, "R1");
  },
);
