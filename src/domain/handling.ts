import { ulidMs } from "./ids.ts";
import { secondsOf } from "./instant.ts";
import { median } from "./median.ts";
import type { RefundCase } from "./refund/case.ts";

/** How long refunds took at the till, by what the journal of this shop says and nothing else (R56). */
export type Handling = {
  /** Seconds from opening the form to the record: half took no longer; undefined where none was made in one go. */
  readonly median: number | undefined;
  readonly counted: number;
  /** Begun and put aside for more than an hour, on a paper form, under a clock that was set, or not by a person at a form. */
  readonly setAside: number;
};

const inOneGo = 3600;

/** The id of a case is made when its form opens. */
const secondsAtForm = ({ caseId, createdAt }: RefundCase): number | undefined => {
  const opened = ulidMs(caseId);
  if (opened === undefined) return undefined;
  const seconds = secondsOf(createdAt) - Math.floor(opened / 1000);
  return seconds >= 1 && seconds <= inOneGo ? seconds : undefined;
};

/** What the times of some refunds say. */
export const readHandling = (cases: readonly RefundCase[]): Handling => {
  const times = cases.flatMap((one) => secondsAtForm(one) ?? []);
  return {
    median: median(times),
    counted: times.length,
    setAside: cases.length - times.length,
  };
};
