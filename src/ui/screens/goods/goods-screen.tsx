import { useSignal, type Signal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { GoodsLine } from "../../../domain/journal-event.ts";
import { money } from "../../../domain/money.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import { goodsSteps, type GoodsReport } from "../../../domain/refund/decide-goods.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { recordGoods } from "../../../usecases/receive-goods.ts";
import { announce } from "../../components/announce.ts";
import { Amount, AmountHead } from "../../components/amount.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { Empty } from "../../components/empty.tsx";
import { Facts } from "../../components/facts.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Switch } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { goBack } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { CasePage } from "../refund/case-page.tsx";
import { amountOf, reasonText, typeText } from "../refund/case-words.ts";
import { useCaseFile } from "../refund/use-case-file.ts";

const conditions = ["resell", "damaged", "disposed", "not_returned"] as const;

type Condition = (typeof conditions)[number];

type Seen = {
  /** By the index of each expected line. */
  readonly conditions: Signal<Readonly<Record<number, Condition>>>;
  readonly unused: Signal<boolean>;
  readonly complete: Signal<boolean>;
};

const useSeen = (): Seen => ({
  conditions: useSignal<Readonly<Record<number, Condition>>>({}),
  unused: useSignal(false),
  complete: useSignal(false),
});

/** What somebody looked at; nothing is signed that nobody answered: undefined while a line has no answer. */
const receivedOf = ({ lines }: RefundCase, seen: Seen): GoodsReport | undefined => {
  const check = { unused: seen.unused.peek(), complete: seen.complete.peek() };
  if (lines === undefined) return { state: "received", check };
  const told = lines.flatMap((line) => {
    const condition = seen.conditions.peek()[line.index];
    return condition === undefined ? [] : [{ ...line, condition }];
  });
  return told.length === lines.length ? { state: "received", check, lines: told } : undefined;
};

const LineConditions = ({
  line,
  refundCase,
  seen,
}: {
  readonly line: GoodsLine;
  readonly refundCase: RefundCase;
  readonly seen: Seen;
}) => {
  const name = line.name === undefined ? t("refund.goods_unknown") : visibleText(line.name).text;
  return (
    <section class="u-tight">
      <h3 class="goods-line">
        <bdi>{name}</bdi>
        <span class="u-small">{t("workflow.goods.quantity", { n: line.quantity })}</span>
        {line.amount !== undefined && (
          <Amount money={money(line.amount, refundCase.amount.currency)} />
        )}
      </h3>
      <ChipGroup
        legend={name}
        quiet
        name={`condition-${line.index}`}
        columns={2}
        choices={conditions.map((value) => ({ value, label: t(`workflow.condition.${value}`) }))}
        value={seen.conditions.value[line.index]}
        required
        onPick={(condition) => {
          seen.conditions.value = { ...seen.conditions.peek(), [line.index]: condition };
        }}
      />
    </section>
  );
};

const Received = ({ refundCase, seen }: { refundCase: RefundCase; seen: Seen }) => (
  <>
    {(refundCase.lines ?? []).map((line) => (
      <LineConditions key={line.index} line={line} refundCase={refundCase} seen={seen} />
    ))}
    <Rows>
      <Switch
        name="unused"
        label={t("workflow.goods.unused")}
        on={seen.unused.value}
        onToggle={(on) => {
          seen.unused.value = on;
        }}
      />
      <Switch
        name="complete"
        label={t("workflow.goods.complete")}
        help={t("workflow.goods.complete_help")}
        on={seen.complete.value}
        onToggle={(on) => {
          seen.complete.value = on;
        }}
      />
    </Rows>
  </>
);

const Replacement = ({ refundCase: { replacement = [] } }: { readonly refundCase: RefundCase }) =>
  replacement.length === 0 ? undefined : (
    <section class="u-tight">
      <h2>{t("refund.exchange.replacement")}</h2>
      <Rows>
        {replacement.map((line) => (
          <Row
            key={line.index}
            title={<bdi>{visibleText(line.name ?? "").text || t("refund.goods_unknown")}</bdi>}
            facts={[t("workflow.goods.quantity", { n: line.quantity })]}
          />
        ))}
      </Rows>
    </section>
  );

/** Records what was seen, in the right person's name, and goes to the refund. */
const useGoods = ({ caseId, amount }: RefundCase) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const report = async (told: GoodsReport | undefined): Promise<void> => {
    const done = await run(async () => {
      if (told === undefined) return { kind: "goods_unseen" };
      const saved = await entitled.run((deps) => recordGoods(deps, caseId, told), amount.minor);
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("action.saved"));
    goBack(linkTo("refund", { id: caseId }));
  };
  return { busy, fault, report, sheet: entitled.sheet };
};

const sides = ["waived", "lost"] as const;

/** What may be instead of goods that came back. */
const OtherSteps = ({
  refundCase,
  goods,
}: {
  readonly refundCase: RefundCase;
  readonly goods: ReturnType<typeof useGoods>;
}) => {
  const offered = sides.filter((side) => goodsSteps(refundCase).includes(side));
  if (offered.length === 0) return undefined;
  return (
    <div class="u-grid-2">
      {offered.map((side) => (
        <Button
          key={side}
          busy={goods.busy.value}
          onClick={() => void goods.report({ state: side })}
        >
          {t(`workflow.goods.${side}`)}
        </Button>
      ))}
    </div>
  );
};

const GoodsForm = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const goods = useGoods(refundCase);
  const seen = useSeen();
  const steps = new Set(goodsSteps(refundCase));
  const receives = steps.has("received") && refundCase.goods === "awaiting";
  const gives = steps.has("given") && !receives;
  const receive = (): void => void goods.report(receivedOf(refundCase, seen));
  return (
    <>
      {receives && <Received refundCase={refundCase} seen={seen} />}
      {steps.has("given") && <Replacement refundCase={refundCase} />}
      <OtherSteps refundCase={refundCase} goods={goods} />
      {!receives && steps.has("received") && (
        <Fold title={t("workflow.goods.received_after_all")}>
          <Received refundCase={refundCase} seen={seen} />
          <Button busy={goods.busy.value} onClick={receive}>
            {t("workflow.goods.confirm")}
          </Button>
        </Fold>
      )}
      <BottomBar policy={receives ? t("workflow.truth.waits_for_goods") : undefined}>
        <FaultNote fault={goods.fault.value} />
        {receives && (
          <Button kind="primary" icon="package-check" busy={goods.busy.value} onClick={receive}>
            {t("workflow.goods.confirm")}
          </Button>
        )}
        {gives && (
          <Button
            kind="primary"
            icon="repeat-2"
            busy={goods.busy.value}
            onClick={() => void goods.report({ state: "given" })}
          >
            {t("workflow.goods.give")}
          </Button>
        )}
      </BottomBar>
      {goods.sheet}
    </>
  );
};

const GoodsView = ({ file }: { readonly file: CaseFile }) => {
  const { refundCase } = file;
  const open = goodsSteps(refundCase).some((step) => step !== "awaiting");
  return (
    <>
      <AmountHead money={amountOf(refundCase)}>
        <Facts facts={[typeText(refundCase), reasonText(refundCase.reason)]} />
      </AmountHead>
      <Banner
        tone="neutral"
        icon="package-check"
        title={t(`workflow.goods.state.${refundCase.goods}`)}
      />
      {open ? (
        <GoodsForm refundCase={refundCase} />
      ) : (
        <Empty icon="package-check" text={t("workflow.goods.over")}>
          <ButtonLink icon="receipt-text" href={linkTo("refund", { id: refundCase.caseId })}>
            {t("records.detail.title")}
          </ButtonLink>
        </Empty>
      )}
    </>
  );
};

/** R9: how goods came back, that they need not, and that the replacement went out. */
export const GoodsScreen = ({ route }: { readonly route: RouteOf<"goods"> }) => {
  const { id } = route.args;
  const live = useCaseFile(id);
  return (
    <>
      <PageHeader title={t("workflow.goods.title")} back={linkTo("refund", { id })} />
      <CasePage live={live}>{(file) => <GoodsView file={file} />}</CasePage>
    </>
  );
};
