import { expect, test } from "./support/app.ts";
import { killRepeatedly } from "./support/kill.ts";

const kills = Number(process.env["KILLS"] ?? "8");

/** Two profiles side by side, so that both workers share the kills. */
for (const seed of [1, 2])
  test(
    `KILL ${kills} times while refunds are recorded: every refund that was shown is there (seed ${seed})`,
    { tag: "@phone" },
    async ({ server, locale }, info) => {
      test.setTimeout(kills * 30_000);
      const { seen, recorded } = await killRepeatedly({ server, locale, info }, { kills, seed });
      expect(recorded).toBeGreaterThanOrEqual(seen);
      expect(recorded).toBeGreaterThanOrEqual(Math.floor(kills / 4));
      info.annotations.push({
        type: "kills",
        description: `${kills}, seen ${seen}, recorded ${recorded}`,
      });
    },
  );
