import { setTimeout as pause } from "node:timers/promises";
import { expect, type TestInfo } from "@playwright/test";

import { judge } from "../../cross/judge.ts";
import {
  amountChip,
  button,
  chip,
  confirmButton,
  expectScreen,
  goTo,
  newApp,
  openAt,
  openShop,
  reasonChip,
  recordPayment,
  refundNumber,
  unlock,
  type App,
} from "./app.ts";
import { downloaded, saveByDownload } from "./files.ts";
import { profileIn, type Profile } from "./profile.ts";
import type { AppServer } from "./server.ts";

/** The same numbers for the same seed. */
export const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

type Rig = {
  readonly profile: Profile;
  readonly server: AppServer;
  readonly locale: string | undefined;
  /** Addresses of payments that are large enough to be halved many times. */
  readonly payments: string[];
  /** Refund numbers that stood on the screen as saved. Kept outside the browser. */
  readonly seen: Set<string>;
  readonly problems: string[];
  filled: number;
  confirmMs: number;
};

const open = async (rig: Rig): Promise<App> => {
  const app = await newApp(await rig.profile.open(), rig.server, rig.locale);
  await saveByDownload(app);
  return app;
};

const close = async (rig: Rig, app: App): Promise<void> => {
  rig.problems.push(...app.problems);
  await app.context.close().catch(() => undefined); // a killed browser is closed already
};

const setUp = async (rig: Rig): Promise<void> => {
  await rig.server.start();
  const app = await open(rig);
  await openShop(app); // from here on the server is dead
  for (let number = 0; number < 6; number++) {
    await recordPayment(app, { yuan: "90000" });
    rig.payments.push(await app.page.evaluate(() => location.hash));
  }
  await close(rig, app);
};

const fillIn = async (rig: Rig, app: App): Promise<void> => {
  rig.filled += 1; // in turn, so that none is halved down to its last fen
  const address = rig.payments[rig.filled % rig.payments.length] ?? "";
  await goTo(app, address);
  await expectScreen(app, "R1");
  await amountChip(app, "half").click();
  await reasonChip(app, "faulty").click();
};

const record = async (rig: Rig, app: App): Promise<void> => {
  await fillIn(rig, app);
  const began = performance.now();
  await confirmButton(app).click();
  await expectScreen(app, "R5");
  rig.confirmMs = (rig.confirmMs + performance.now() - began) / 2;
  rig.seen.add(await refundNumber(app));
};

/** The next refund is confirmed and the browser dies somewhere between the tap and the result. */
const recordAndDie = async (rig: Rig, app: App, chance: number): Promise<void> => {
  await fillIn(rig, app);
  const shown = confirmButton(app)
    .click()
    .then(() => refundNumber(app))
    .then((number) => rig.seen.add(number))
    .catch(() => undefined); // it died first
  await pause(chance * rig.confirmMs * 1.2);
  rig.profile.kill();
  await shown;
};

/** A stored record: its place, and its refund number where it is a refund. */
type Row = { readonly seq: number; readonly refundNo: string | undefined };

const rowsOf = (app: App): Promise<readonly Row[]> =>
  app.page.evaluate(
    () =>
      new Promise<readonly Row[]>((resolve, reject) => {
        const request = indexedDB.open("refund-desk");
        request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB")));
        request.addEventListener("success", () => {
          const all = request.result.transaction("records").objectStore("records").getAll();
          all.addEventListener("success", () => {
            request.result.close();
            resolve((all.result as Row[]).map(({ seq, refundNo }) => ({ seq, refundNo })));
          });
        });
      }),
  );

/** Every refund that was seen is there, the places run from 0 without a gap or a repeat. */
const checkRows = async (rig: Rig, app: App): Promise<void> => {
  const rows = await rowsOf(app);
  const numbers = rows.flatMap(({ refundNo }) => refundNo ?? []);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect([...rig.seen].filter((number) => !numbers.includes(number))).toEqual([]);
  expect(rows.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(rows.map((_, index) => index));
};

/** The app's own export, verified by others, holds every refund that was seen. */
const checkExport = async (rig: Rig, app: App): Promise<number> => {
  await goTo(app, "#/export");
  await chip(app, app.t("export.for_whom"), app.t("export.format.ledger_all")).click();
  const file = await downloaded(app, () => button(app, app.t("export.save")).click());
  const { faults, refunds } = await judge(file.bytes);
  expect(faults).toEqual([]);
  expect([...rig.seen].filter((number) => !refunds.includes(number))).toEqual([]);
  return refunds.length;
};

/** Kills the browser that often while refunds are being recorded through its screens, with all checks in between. */
export const killRepeatedly = async (
  {
    server,
    locale,
    info,
  }: { readonly server: AppServer; readonly locale: string | undefined; readonly info: TestInfo },
  { kills, seed }: { readonly kills: number; readonly seed: number },
): Promise<{ readonly seen: number; readonly recorded: number }> => {
  const random = seeded(seed);
  const profile = profileIn(info.outputPath(`profile-${seed}`), info);
  const rig: Rig = {
    profile,
    server,
    locale,
    payments: [],
    seen: new Set(),
    problems: [],
    filled: 0,
    confirmMs: 300,
  };
  await setUp(rig);
  for (let kill = 0; kill < kills; kill++) {
    const app = await open(rig);
    await openAt(app);
    await unlock(app);
    await checkRows(rig, app);
    if (random() < 0.5) await record(rig, app);
    await recordAndDie(rig, app, random());
    await close(rig, app);
  }
  const app = await open(rig);
  await openAt(app);
  await unlock(app);
  await checkRows(rig, app);
  const recorded = await checkExport(rig, app);
  await close(rig, app);
  expect(rig.problems).toEqual([]);
  return { seen: rig.seen.size, recorded };
};
