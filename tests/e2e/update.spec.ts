import { cpSync } from "node:fs";

import {
  button,
  confirmButton,
  expect,
  expectScreen,
  goTo,
  newApp,
  openAt,
  practise,
  reasonChip,
  test as base,
  type App,
} from "./support/app.ts";
import { buildAs, layCurrentBuild } from "./support/next-build.ts";
import { placesOf, visit } from "./support/pages.ts";
import { startServer } from "./support/server.ts";

const next = "next-build-B";
const firstPort = 4400;

type Moving = App & {
  /** Lays the next build over the served one and lets the app look for it. */
  readonly publish: () => Promise<void>;
};

const test = base.extend<{ readonly moving: Moving }, { readonly nextBuild: string }>({
  nextBuild: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants a pattern
    async ({}, use, info) => {
      const folder = `${info.project.outputDir}/next-build-${info.parallelIndex}-${Date.now()}`;
      await use(buildAs(next, folder));
    },
    { scope: "worker", timeout: 120_000 },
  ],
  moving: async ({ context, locale, nextBuild }, use, info) => {
    const folder = info.outputPath("served");
    layCurrentBuild(folder);
    const server = await startServer(firstPort + info.parallelIndex, folder);
    const app = await newApp(context, server, locale);
    const publish = async (): Promise<void> => {
      cpSync(nextBuild, folder, { recursive: true });
      await server.start();
      await app.page.evaluate(async () => {
        await (await navigator.serviceWorker.ready).update();
      });
    };
    await use({ ...app, publish });
    await server.stop();
    expect(app.problems).toEqual([]);
  },
});

const notice = (app: App) => app.page.getByText(app.t("notice.update_ready"));

const build = async (app: App): Promise<string> => {
  await goTo(app, "#/about");
  await expectScreen(app, "P8");
  return (await app.page.locator("main").textContent()) ?? "";
};

/** The same while the page may just be loading anew. */
const buildNow = (app: App): Promise<string> => build(app).catch(() => "");

test("a new version is offered and comes only when told", { tag: "@phone" }, async ({ moving }) => {
  await practise(moving);
  await moving.publish();
  await expect(notice(moving)).toBeVisible({ timeout: 30_000 });
  expect(await build(moving)).not.toContain(next);
  await moving.server.stop(); // it lies ready: the change needs no network
  await button(moving, moving.t("action.update")).click();
  await expect(notice(moving)).toBeHidden({ timeout: 20_000 });
  await expect.poll(() => buildNow(moving), { timeout: 30_000 }).toContain(next);
});

test(
  "F33 no update comes over a half-filled refund, and nothing of it is lost",
  { tag: "@phone" },
  async ({ moving }) => {
    await practise(moving);
    await button(moving, moving.t("scan.sample")).click();
    await reasonChip(moving, "wrong_size").click();
    await moving.publish();
    await expect(notice(moving)).toBeVisible({ timeout: 30_000 });
    await button(moving, moving.t("action.update")).click();
    await moving.page.waitForTimeout(6000); // longer than the change-over waits before it reloads anyway
    await expect(reasonChip(moving, "wrong_size")).toBeChecked();
    await expect(notice(moving)).toBeVisible();
    await confirmButton(moving).click();
    await expectScreen(moving, "R5");
    const opened = moving.page.waitForEvent("load"); // nothing is opened meanwhile: it would hold the change up
    await button(moving, moving.t("action.update")).click();
    await opened;
    await expect.poll(() => buildNow(moving), { timeout: 30_000 }).toContain(next);
  },
);

test(
  "F36 once installed nothing is asked for any more, and it starts without a server",
  { tag: "@phone" },
  async ({ app }) => {
    test.setTimeout(120_000);
    await practise(app);
    await app.server.start();
    const before = app.server.asked.length;
    for (const place of await placesOf(app)) await visit(app, place);
    await app.page.reload();
    await expectScreen(app, "P8");
    // the browser itself looks for a newer worker whenever it likes; the app asks for nothing
    const asked = app.server.asked.slice(before).filter((path) => path !== "/sw.js");
    expect(asked).toEqual([]);
    await app.server.stop();
    await app.page.close();
    const page = await app.context.newPage();
    await openAt({ ...app, page }, "#/records");
    await expectScreen({ ...app, page }, "T2");
  },
);
