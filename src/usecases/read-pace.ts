import type { ReadyRefund } from "../domain/batch-choice.ts";
import { lastLeft, sentIn, type Pace } from "../domain/batch-pace.ts";
import { addSeconds, instantFromMs, type Instant } from "../domain/instant.ts";
import { channelDay } from "../domain/statements/channel-clock.ts";
import { batchesSince, casesOfPayments } from "../storage/pace-facts.ts";
import { casesOfRefunds } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

const readLast = async (deps: Deps, ready: readonly ReadyRefund[]): Promise<Pace["last"]> => {
  const spaced = ready.filter(({ profile }) => profile.minIntervalSeconds !== undefined);
  const payments = new Set(spaced.flatMap(({ refundCase }) => refundCase.paymentId ?? []));
  return lastLeft(await casesOfPayments(deps.journal.db, [...payments]));
};

/** The files of a day of the channels, those that were taken back left out. */
const readToday = async (
  deps: Deps,
  ready: readonly ReadyRefund[],
  now: Instant,
): Promise<Pace["today"]> => {
  const limited = ready.some(
    ({ profile }) => profile.dailyRefunds !== undefined || profile.dailyAmount !== undefined,
  );
  if (!limited) return new Map();
  const { db } = deps.journal;
  const batches = (await batchesSince(db, addSeconds(now, -86_400))).filter(
    ({ createdAt, state }) => state !== "recalled" && channelDay(createdAt) === channelDay(now),
  );
  const refs = batches.flatMap(({ refunds }) => refunds);
  return sentIn(await casesOfRefunds(db, refs), refs);
};

/** What has left before, as far as the rules of these refunds' acquirers ask for it. */
export const readPace = async (deps: Deps, ready: readonly ReadyRefund[]): Promise<Pace> => {
  const now = instantFromMs(deps.now());
  return {
    now,
    calendar: deps.calendar,
    last: await readLast(deps, ready),
    today: await readToday(deps, ready, now),
  };
};
