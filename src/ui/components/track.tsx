import type { ComponentChildren } from "preact";

import { t } from "../language.ts";
import { classNames } from "./class-names.ts";
import { Facts } from "./facts.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** How far one step is; `arrived` only with evidence, `failed` also for abnormal and bounced. */
export type StepStanding = "done" | "now" | "later" | "failed" | "arrived";

export type TrackStep = {
  readonly label: string;
  readonly standing: StepStanding;
  /** Written time, at the right. */
  readonly time?: string | undefined;
  /** Who, evidence, copies. */
  readonly facts?: readonly ComponentChildren[];
};

const icons: Readonly<Record<StepStanding, IconName | undefined>> = {
  done: "check",
  now: undefined,
  later: undefined,
  failed: "x",
  arrived: "check",
};

const spoken = (standing: StepStanding): string =>
  standing === "arrived" ? t("track.done") : t(`track.${standing}`);

/** The way of a refund as steps; `fresh` fills the first dot once, after recording. */
export const Track = ({
  steps,
  fresh = false,
}: {
  readonly steps: readonly TrackStep[];
  readonly fresh?: boolean;
}) => (
  <ol class="track" aria-label={t("track.label")}>
    {steps.map((step, index) => {
      const icon = icons[step.standing];
      return (
        <li
          key={index}
          class={classNames(`track-${step.standing}`, fresh && index === 0 && "track-first")}
          {...(step.standing === "now" ? { "aria-current": "step" } : {})}
        >
          <span class="track-dot">{icon !== undefined && <Icon name={icon} />}</span>
          <div class="track-what">
            <div class="track-line">
              <b>
                {step.label}
                <span class="u-hidden"> {spoken(step.standing)}</span>
              </b>
              {step.time !== undefined && <span class="u-small">{step.time}</span>}
            </div>
            {step.facts !== undefined && <Facts facts={step.facts} />}
          </div>
        </li>
      );
    })}
  </ol>
);
