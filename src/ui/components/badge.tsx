import type { ComponentChildren } from "preact";

import type { MoneyState } from "../../domain/refund/money-track.ts";
import { t } from "../language.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** What a colour means; `arrived` is for money that arrived and for verified results, nothing else. */
export type Tone = "neutral" | "info" | "warn" | "danger" | "arrived";

/** What a badge can say of a refund: its money, or that no money moves. */
export type BadgeState = MoneyState | "draft" | "refused" | "exchanged";

const looks: Readonly<Record<BadgeState, readonly [IconName, Tone]>> = {
  draft: ["pencil", "neutral"],
  pending_approval: ["user-check", "warn"],
  ready: ["file-up", "info"],
  exported: ["send", "info"],
  submitted: ["circle-arrow-up", "info"],
  processing: ["loader", "info"],
  needs_action: ["hand", "warn"],
  unknown: ["circle-question-mark", "warn"],
  abnormal: ["triangle-alert", "danger"],
  conflict: ["git-compare", "danger"],
  succeeded: ["circle-check", "arrived"],
  failed: ["circle-x", "danger"],
  closed: ["circle-slash", "neutral"],
  reversed: ["corner-down-left", "danger"],
  withdrawn: ["undo-2", "neutral"],
  refused: ["ban", "neutral"],
  exchanged: ["repeat-2", "neutral"],
};

/** The icon of a state, for tracks and heads that show it without its badge. */
export const iconOf = (state: BadgeState): IconName => looks[state][0];

/** The tone of a state. */
export const toneOf = (state: BadgeState): Tone => looks[state][1];

/** Icon, word and colour together; for what is not the state of a refund. */
export const Tag = ({
  icon,
  tone,
  children,
}: {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly children: ComponentChildren;
}) => (
  <span class={`badge tone-${tone}`}>
    <Icon name={icon} />
    <span>{children}</span>
  </span>
);

/** The state of a refund (screens.md §5.1); lists use the short word. */
export const StateBadge = ({
  state,
  short = false,
}: {
  readonly state: BadgeState;
  readonly short?: boolean;
}) => (
  <Tag icon={iconOf(state)} tone={toneOf(state)}>
    {t(short ? `state_short.${state}` : `state.${state}`)}
  </Tag>
);
