import { expect, test } from "../e2e/support/app.ts";
import { killRepeatedly } from "../e2e/support/kill.ts";

const kills = Number(process.env["KILLS"] ?? "1000");
const perProfile = 25;

/** Fresh profiles every 25 kills, or lists grow and slow the rig (reliability.md §7.2). */
for (let round = 0; round < kills / perProfile; round++)
  test(`KILL round ${round + 1}: ${perProfile} times while refunds are recorded`, async ({
    server,
    locale,
  }, info) => {
    test.setTimeout(perProfile * 30_000);
    const seed = 1000 + round;
    const done = await killRepeatedly({ server, locale, info }, { kills: perProfile, seed });
    expect(done.recorded).toBeGreaterThanOrEqual(done.seen);
  });
