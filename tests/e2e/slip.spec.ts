import { createHash } from "node:crypto";

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
} from "./support/app.ts";
import { readScreen } from "./support/decode.ts";
import { storedText } from "./support/stored.ts";

test(
  "the slip on the screen, read by another decoder, is the record's JWT; scanned here it opens the refund",
  { tag: "@narrow" },
  async ({ app }) => {
    await openShop(app);
    await recordPayment(app, { yuan: "36", number: "SLIP-0000001" });
    await amountChip(app, "half").click();
    const number = await confirmRefund(app, 1800);
    await link(app, app.t("action.show_customer")).click();
    await expectScreen(app, "D3");
    await expect(screen(app, "D3")).toContainText(app.yuan(1800));
    await expect(screen(app, "D3")).toContainText("本凭条不是到账证明");
    await expect(app.page.getByRole("button")).toHaveCount(1); // nothing for the merchant is here
    const text = await readScreen(app, app.page.locator(".qr svg"));
    const claims = JSON.parse(Buffer.from(text.split(".")[1] ?? "", "base64url").toString()) as {
      readonly no: string;
      readonly amt: number;
    };
    expect(claims).toMatchObject({ no: number, amt: 1800, cur: "CNY" });
    expect(await storedText(app)).toContain(text);
    expect(createHash("sha256").update(text).digest("base64url")).toHaveLength(43);

    await goTo(app, "#/type");
    await app.page.locator("input[name=number]").fill(text);
    await button(app, app.t("action.continue")).click();
    await expectScreen(app, "D1");

    await goTo(app, `#/v/${text}`);
    await expectScreen(app, "V1");
    await expect(screen(app, "V1")).toContainText(app.t("verify.slip.good"));
    const other = text.at(-5) === "A" ? "B" : "A";
    await goTo(app, `#/v/${text.slice(0, -5)}${other}${text.slice(-4)}`);
    await expect(screen(app, "V1")).toContainText(app.t("verify.slip.altered"));
  },
);

test(
  "the slip prints alone, with its words and its code, and copies are numbered",
  { tag: "@narrow" },
  async ({ app }) => {
    await app.context.addInitScript(() => {
      globalThis.print = () => undefined;
    });
    await openShop(app);
    await recordPayment(app, { yuan: "36", number: "SLIP-0000002" });
    await amountChip(app, "half").click();
    const number = await confirmRefund(app, 1800);
    await link(app, app.t("action.print")).click();
    await expectScreen(app, "D2");
    const slip = app.page.locator(".slip").first();
    await expect(slip).toContainText(app.yuan(1800));
    await expect(slip).toContainText(number.slice(0, 4));
    await expect(slip).not.toContainText(app.t("records.slip.copy", { n: 1 }));
    await button(app, app.t("records.slip.print", { amount: app.yuan(1800) })).click();
    await app.page.emulateMedia({ media: "print" });
    const paper = app.page.locator(".print-copy");
    await expect(paper).toBeVisible();
    await expect(paper).toContainText(app.yuan(1800));
    await expect(paper).not.toContainText(app.t("records.slip.copy", { n: 1 }));
    await expect(app.page.locator("main")).toBeHidden();
    await app.page.emulateMedia({ media: "screen" });
    await expect(slip).toContainText(app.t("records.slip.copy", { n: 2 }));
  },
);
