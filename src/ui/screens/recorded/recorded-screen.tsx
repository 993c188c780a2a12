import { useLayoutEffect } from "preact/hooks";

import { findReason } from "../../../domain/reasons.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import { AmountHead } from "../../components/amount.tsx";
import { Tag } from "../../components/badge.tsx";
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
import { findCopies } from "./fresh-records.ts";
import { loadRecorded, type Recorded } from "./load-recorded.ts";
import { RecordedActions } from "./recorded-actions.tsx";

const Next = () => (
  <BottomBar>
    <ButtonLink kind="primary" icon="scan-line" href={linkTo("scan")}>
      {t("action.next")}
    </ButtonLink>
  </BottomBar>
);

/** The truth line: money has not moved; after 撤回 that it will not. */
const Truth = ({ refundCase }: Pick<Recorded, "refundCase">) =>
  refundCase.money === "withdrawn" ? (
    <Banner tone="neutral" icon="undo-2" title={t("refund.recorded.withdrawn")}>
      {t("refund.recorded.withdrawn_more")}
    </Banner>
  ) : (
    <Banner tone="warn" title={t("refund.recorded.truth")}>
      {t("refund.recorded.truth_more")}
      {refundCase.training && <p>{t("refund.recorded.training")}</p>}
    </Banner>
  );

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

const Steps = ({ refundCase, staffName }: Recorded) => {
  const format = useFormat();
  const copies = useCopies(refundCase.caseId);
  return (
    <Track
      fresh={findCopies(refundCase.caseId) !== undefined}
      steps={[
        {
          label: t("refund.recorded.step.recorded"),
          standing: "done",
          time: format.clock(refundCase.createdAt),
          facts: [staffName, t("refund.recorded.signed"), copies],
        },
        { label: t("refund.recorded.step.export"), standing: "later" },
        { label: t("refund.recorded.step.process"), standing: "later" },
        { label: t("refund.recorded.step.arrived"), standing: "later" },
      ]}
    />
  );
};

const reasonText = (code: string): string => t(`reason.${findReason(code) ?? "other"}`);

const RecordedView = (recorded: Recorded) => {
  const { refundCase, payment } = recorded;
  return (
    <>
      <AmountHead money={refundCase.amount}>
        <Facts
          facts={[
            payment === undefined ? undefined : <bdi key="goods">{goodsOf(payment)}</bdi>,
            payment === undefined ? undefined : channelText(payment.channel),
            reasonText(refundCase.reason),
          ]}
        />
      </AmountHead>
      <Truth refundCase={refundCase} />
      {refundCase.money !== "withdrawn" && <Steps {...recorded} />}
      <CopyNumber label={t("refund.recorded.number")} number={latestAttempt(refundCase).refundNo} />
      <RecordedActions refundCase={refundCase} />
    </>
  );
};

/** Once it has left, the record itself tells how it stands. */
const useMovedOn = (recorded: Recorded | undefined): void =>
  useLayoutEffect(() => {
    const money = recorded?.refundCase.money;
    if (money === undefined || money === "ready" || money === "withdrawn") return;
    replaceWith(linkTo("refund", { id: recorded?.refundCase.caseId ?? "" }));
  }, [recorded?.refundCase.money]);

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
  const title = t(withdrawn ? "refund.recorded.withdrawn" : "refund.recorded.title");
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
