import { useLayoutEffect } from "preact/hooks";

import { latestAttempt } from "../../../domain/refund/case.ts";
import { AmountHead } from "../../components/amount.tsx";
import { stateShown, Tag } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Facts } from "../../components/facts.tsx";
import { CopyNumber } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Track } from "../../components/track.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useLive } from "../../live.ts";
import { replaceWith } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { channelText, goodsOf } from "../new-refund/order.tsx";
import { stepsOf } from "../refund/case-steps.ts";
import { amountOf, dueOf, reasonText, typeText, weakGrade } from "../refund/case-words.ts";
import { findCopies } from "./fresh-records.ts";
import { loadRecorded, type Recorded } from "./load-recorded.ts";
import { RecordedActions } from "./recorded-actions.tsx";

const waiting = [
  "pending_approval",
  "at_terminal",
  "waits_for_goods",
  "to_pay_out",
  "to_hand_over",
] as const;

/** What has a sentence of its own; the others wait for the export. */
const withSentence = ["pending_approval", "at_terminal", "waits_for_goods", "to_pay_out"] as const;

const ownSteps = {
  pending_approval: ["user-check", "approval", "workflow.approval.title"],
  at_terminal: ["hand", "terminal", "workflow.terminal.title"],
  waits_for_goods: ["package-check", "goods", "records.next.goods"],
  to_hand_over: ["repeat-2", "goods", "records.next.give"],
  to_pay_out: ["hand", "refund", "workflow.pay_out.title"],
} as const;

/** What the shop itself still has to do before anything can leave. */
const OwnStep = ({ refundCase }: Pick<Recorded, "refundCase">) => {
  const shown = waiting.find((one) => one === stateShown(refundCase));
  if (shown === undefined) return undefined;
  const [icon, page, words] = ownSteps[shown];
  return (
    <ButtonLink icon={icon} href={linkTo(page, { id: refundCase.caseId })}>
      {t(words)}
    </ButtonLink>
  );
};

const Next = () => (
  <BottomBar>
    <ButtonLink kind="primary" icon="scan-line" href={linkTo("scan")}>
      {t("action.next")}
    </ButtonLink>
  </BottomBar>
);

/** What the customer still pays in an exchange, by the shop's own code. */
const Due = ({ refundCase }: Pick<Recorded, "refundCase">) => {
  const format = useFormat();
  const due = dueOf(refundCase);
  if (due === undefined) return undefined;
  return <p>{t("workflow.truth.collect", { amount: format.money(due) })}</p>;
};

/** The truth line: money has not moved, and why not yet; after 撤回 that it will not. */
const Truth = ({ refundCase, payment }: Recorded) => {
  if (refundCase.money === "withdrawn")
    return (
      <Banner tone="neutral" icon="undo-2" title={t("refund.recorded.withdrawn")}>
        {t("refund.recorded.withdrawn_more")}
      </Banner>
    );
  const weak = weakGrade(refundCase, payment);
  if (weak !== undefined)
    return (
      <Banner tone="warn" title={t("workflow.truth.unproven")}>
        {t(`workflow.truth_more.unproven.${weak}`)}
      </Banner>
    );
  const training = refundCase.training && <p>{t("refund.recorded.training")}</p>;
  if (refundCase.money === undefined)
    return (
      <Banner tone="neutral" icon="repeat-2" title={t("workflow.truth.exchanged")}>
        <Due refundCase={refundCase} />
        {training}
      </Banner>
    );
  const shown = withSentence.find((one) => one === stateShown(refundCase));
  return (
    <Banner
      tone="warn"
      title={t(shown === undefined ? "refund.recorded.truth" : `workflow.truth.${shown}`)}
    >
      {t(shown === undefined ? "refund.recorded.truth_more" : `workflow.truth_more.${shown}`)}
      {training}
    </Banner>
  );
};

/** How many copies hold the record; nothing is claimed where that is not known. */
const useCopies = (id: string) => {
  const { status } = useShell();
  const copies = findCopies(id);
  if (copies === 1 || (copies === undefined && status?.kind === "saved_once"))
    return (
      <Tag key="copies" icon="hard-drive" tone="warn">
        {t("refund.recorded.one_copy")}
      </Tag>
    );
  return copies === 2 ? t("refund.recorded.copies") : undefined;
};

const Steps = ({ refundCase, people }: Recorded) => {
  const format = useFormat();
  const copies = useCopies(refundCase.caseId);
  const [first, ...later] = stepsOf(refundCase, { format, people });
  if (first === undefined) return undefined;
  const told = first.facts ?? [];
  const facts = [...told.slice(0, -1), t("refund.recorded.signed"), copies, ...told.slice(-1)];
  return (
    <Track
      fresh={findCopies(refundCase.caseId) !== undefined}
      steps={[{ ...first, facts }, ...later]}
    />
  );
};

const ofGoods: ReadonlySet<string> = new Set(["return", "exchange"]);

const RecordedView = (recorded: Recorded) => {
  const { refundCase, payment } = recorded;
  return (
    <>
      <AmountHead money={amountOf(refundCase)}>
        <Facts
          facts={[
            ofGoods.has(refundCase.type) && typeText(refundCase),
            payment === undefined ? undefined : <bdi key="goods">{goodsOf(payment)}</bdi>,
            payment === undefined ? undefined : channelText(payment.channel),
            reasonText(refundCase.reason),
          ]}
        />
      </AmountHead>
      <Truth {...recorded} />
      {refundCase.money !== "withdrawn" && <Steps {...recorded} />}
      <CopyNumber label={t("refund.recorded.number")} number={latestAttempt(refundCase).refundNo} />
      <OwnStep refundCase={refundCase} />
      <RecordedActions refundCase={refundCase} />
    </>
  );
};

const fresh: ReadonlySet<string | undefined> = new Set([
  undefined,
  "pending_approval",
  "ready",
  "withdrawn",
]);

/** Rejected is not withdrawn: somebody else said no, and it can be opened again. */
const isFresh = ({ refundCase: { money, approval } }: Recorded): boolean =>
  fresh.has(money) && approval !== "rejected";

/** Once it has left or was rejected, the record itself tells how it stands. */
const useMovedOn = (recorded: Recorded | undefined): void =>
  useLayoutEffect(() => {
    if (recorded === undefined || isFresh(recorded)) return;
    replaceWith(linkTo("refund", { id: recorded.refundCase.caseId }));
  }, [recorded?.refundCase.money, recorded?.refundCase.approval]);

const titleOf = (recorded: Recorded | undefined) => {
  const pending = recorded?.refundCase.money === "pending_approval";
  return pending ? "state.pending_approval" : "refund.recorded.title";
};

/** R5: what happened, what did not, what comes next. */
export const RecordedScreen = ({ route }: { readonly route: RouteOf<"recorded"> }) => {
  const deps = useDeps();
  const { id } = route.args;
  const live = useLive(
    () => id,
    (wanted) => loadRecorded(deps, wanted),
  ).value;
  const recorded = live.status === "ready" ? live.value : undefined;
  useMovedOn(recorded);
  const withdrawn = recorded?.refundCase.money === "withdrawn";
  const title = t(withdrawn ? "refund.recorded.withdrawn" : titleOf(recorded));
  return (
    <>
      <PageHeader title={title} back={linkTo("scan")} />
      {recorded !== undefined && <RecordedView {...recorded} />}
      {live.status === "ready" && live.value === undefined && (
        <Empty icon="search" text={t("refund.recorded.missing")} />
      )}
      <Next />
    </>
  );
};
