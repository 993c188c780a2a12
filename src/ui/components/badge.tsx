import type { ComponentChildren } from "preact";

import { latestAttempt, type RefundCase } from "../../domain/refund/case.ts";
import { goodsAreSettled } from "../../domain/refund/decide-goods.ts";
import type { MoneyState } from "../../domain/refund/money-track.ts";
import { t } from "../language.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** What a colour means; `arrived` is for money that arrived and for verified results, nothing else. */
export type Tone = "neutral" | "info" | "warn" | "danger" | "arrived";

/** What a badge can say of a refund: its money, that it leaves by another way, or that no money moves. */
export type BadgeState =
  | MoneyState
  | "draft"
  | "refused"
  | "exchanged"
  | "to_pay_out"
  | "at_terminal"
  | "waits_for_goods"
  | "to_hand_over";

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
  to_pay_out: ["hand", "warn"],
  at_terminal: ["hand", "warn"],
  to_hand_over: ["repeat-2", "warn"],
  waits_for_goods: ["package-check", "warn"],
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

/** No money moves in an even exchange: the goods tell how far it is. */
const exchangeShown = (refundCase: RefundCase): BadgeState => {
  if (!goodsAreSettled(refundCase)) return "waits_for_goods";
  return refundCase.replacementGiven ? "exchanged" : "to_hand_over";
};

/** What a refund shows of itself: how its money stands, what it still waits for here, or that none moves. */
export const stateShown = (refundCase: RefundCase): BadgeState => {
  const { money, approval, destination, conflict } = refundCase;
  if (conflict) return "conflict";
  if (money === undefined) return exchangeShown(refundCase);
  if (money === "withdrawn" && approval === "rejected") return "refused";
  if (latestAttempt(refundCase).mode === "void" && (money === "ready" || money === "exported"))
    return "at_terminal";
  if (money !== "ready") return money;
  if (!goodsAreSettled(refundCase)) return "waits_for_goods";
  return destination === "original" ? money : "to_pay_out";
};

/** The badge of a whole refund. */
export const CaseBadge = ({
  refundCase,
  short = false,
}: {
  readonly refundCase: RefundCase;
  readonly short?: boolean;
}) => <StateBadge state={stateShown(refundCase)} short={short} />;
