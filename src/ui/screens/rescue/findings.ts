import type { Start } from "../../../usecases/start.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";

/** What the start found, in words: what is wrong, the numbers behind it, what to do. */
export type Findings = {
  readonly title: string;
  readonly advice: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What support asks for; undefined when the numbers say all. */
  readonly diagnosis?: string;
};

type Found = NonNullable<Start["found"]>;

const writeRange = (from: number, to: number): string =>
  from === to ? String(from) : `${from}–${to}`;

/** `3–7, 12`; a list that is longer than a screen is cut, and says so. */
export const writeRanges = (numbers: readonly number[]): string => {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const shown = ranges.slice(0, 12).map(([from, to]) => writeRange(from, to));
  return [...shown, ...(ranges.length > 12 ? ["…"] : [])].join(", ");
};

const lost = ({ mark }: Extract<Found, { kind: "lost" }>, format: Format): Findings => ({
  title: t("rescue.lost"),
  advice: t("rescue.lost_advice"),
  facts: [
    [t("rescue.had"), format.number(mark.seq + 1)],
    [t("rescue.last_at"), format.fullTime(mark.at)],
  ],
});

/** Who has seen it, and what the owner does about the key (refundlog.md §7). */
const seenBy = (by: Extract<Found, { kind: "two_truths" }>["by"]): Findings["facts"] =>
  by === undefined
    ? []
    : [
        [t("proof.rescue.by"), t(`proof.rescue.by.${by}`)],
        [t("proof.rescue.do"), t("proof.trouble.own_do")],
      ];

const partlyLost = (
  { mark, lastSeq, by }: Extract<Found, { kind: "partly_lost" }>,
  format: Format,
): Findings => ({
  title: t("rescue.partly_lost", { n: mark.seq - lastSeq }),
  advice: t("rescue.partly_lost_advice"),
  facts: [
    [t("rescue.had"), format.number(mark.seq + 1)],
    [t("rescue.has"), format.number(lastSeq + 1)],
    [t("rescue.missing"), writeRange(lastSeq + 1, mark.seq)],
    [t("rescue.last_at"), format.fullTime(mark.at)],
    ...seenBy(by),
  ],
});

/** Every answer of the start-up check that does not go on; a good one means that this device's key is gone. */
export const findingsOf = (found: Start["found"], format: Format): Findings => {
  switch (found?.kind) {
    case "lost":
      return lost(found, format);
    case "partly_lost":
      return partlyLost(found, format);
    case "two_truths":
      return {
        title: t("rescue.two_truths"),
        advice: t("rescue.two_truths_advice"),
        facts: [[t("rescue.differs_at"), format.number(found.seq)], ...seenBy(found.by)],
      };
    case "gaps":
      return {
        title: t("rescue.gaps", { n: found.missing.length }),
        advice: t("rescue.gaps_advice"),
        facts: [[t("rescue.missing"), writeRanges(found.missing)]],
      };
    case "newer_schema":
      return { title: t("rescue.newer"), advice: t("rescue.newer_advice"), facts: [] };
    case "unreadable":
      return {
        title: t("rescue.unreadable"),
        advice: t("rescue.unreadable_advice"),
        facts: [],
        diagnosis: JSON.stringify(found.because),
      };
    case "ready":
    case "repaired":
    case "copy_fixed":
      return { title: t("rescue.key"), advice: t("rescue.key_advice"), facts: [] };
    case "fresh":
    case undefined:
      return { title: t("rescue.not_begun"), advice: t("rescue.not_begun_advice"), facts: [] };
  }
};
