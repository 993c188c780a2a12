import {
  newApp,
  confirmRefund,
  expect,
  expectScreen,
  openAt,
  openShop,
  recordPayment,
  refundNumber,
  test,
  typeNumber,
  unlock,
} from "./support/app.ts";
import { profileIn } from "./support/profile.ts";

test(
  "the browser closed, the server dead, opened again: everything is there",
  { tag: "@phone" },
  async ({ server, locale }, info) => {
    const profile = profileIn(info.outputPath("profile"), info);
    await server.start();
    const first = await newApp(await profile.open(), server, locale);
    await openShop(first);
    await recordPayment(first, { yuan: "36", number: "REOPEN-000001" });
    const number = await confirmRefund(first, 3600);
    await first.context.close();

    const again = await newApp(await profile.open(), server, locale);
    await openAt(again);
    await unlock(again);
    await expectScreen(again, "T1");
    await expect(again.page.locator("main")).toContainText(again.t("state_short.ready"));
    await typeNumber(again, number);
    await expectScreen(again, "D1");
    expect(await refundNumber(again)).toBe(number);
    await again.context.close();
    expect([...first.problems, ...again.problems]).toEqual([]);
  },
);
