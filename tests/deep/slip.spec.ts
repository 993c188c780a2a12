import {
  confirmRefund,
  expect,
  expectScreen,
  goTo,
  link,
  openShop,
  recordPayment,
  screen,
} from "../e2e/support/app.ts";
import { test } from "../e2e/support/phones.ts";

test(
  "V1 a slip on one phone's screen is read by the camera of another, which says whose key it does not know",
  { tag: "@phone" },
  async ({ phone }) => {
    test.setTimeout(180_000);
    const till = await phone();
    await openShop(till);
    const other = await phone();
    await openShop(other);
    await recordPayment(other, { yuan: "36", number: "SLIP-000001" });
    await confirmRefund(other, 3600);
    await link(other, other.t("action.show_customer")).click();
    await expectScreen(other, "D3");
    await goTo(till, "#/scan");
    await till.lookAt(other, screen(till, "V1"));
    await expect(screen(till, "V1")).toContainText(till.yuan(3600));
  },
);
