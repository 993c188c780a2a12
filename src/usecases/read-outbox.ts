import type { Instant } from "../domain/instant.ts";
import type { NoticeEvent } from "../domain/journal-event.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { casesWaitingFor, countByTask, listCases, pageSize } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { findShopMail } from "./merchant-copy.ts";

/** When and how a copy went out. */
export type SentCopy = {
  readonly refundCase: RefundCase;
  readonly at: Instant;
  readonly via: NoticeEvent["via"];
};

export type Outbox = {
  readonly mail: string | undefined;
  /** Refunds whose copy waits, oldest first, at most a page. */
  readonly waiting: readonly RefundCase[];
  readonly total: number;
  /** Copies that went out, of the newest refunds, the last one first. */
  readonly sent: readonly SentCopy[];
};

const sentOf = (refundCase: RefundCase): readonly SentCopy[] => {
  const entry = [...refundCase.history]
    .reverse()
    .find(({ told }) => told.kind === "notice" && told.to === "merchant");
  return entry?.told.kind === "notice" ? [{ refundCase, at: entry.at, via: entry.told.via }] : [];
};

const mostSent = 10;

const latestSent = (cases: readonly RefundCase[]): readonly SentCopy[] =>
  cases
    .flatMap(sentOf)
    .sort((one, other) => Number(one.at < other.at) - Number(one.at > other.at))
    .slice(0, mostSent);

/** What waits to be sent to the merchant's own mail, and what went last. */
export const readOutbox = async (deps: Deps): Promise<Outbox> => {
  const { db } = deps.journal;
  const [mail, waiting, counts, newest] = await Promise.all([
    findShopMail(deps),
    casesWaitingFor(db, "merchant_copy"),
    countByTask(db),
    listCases(db, { limit: pageSize }),
  ]);
  return { mail, waiting, total: counts.merchant_copy ?? 0, sent: latestSent(newest) };
};
