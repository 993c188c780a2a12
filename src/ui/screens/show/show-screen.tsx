import { useLayoutEffect, useRef } from "preact/hooks";

import { isZero } from "../../../domain/money.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import { numberOf } from "../new-refund/order.tsx";
import type { Translate } from "../../../i18n/index.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { tellCustomer } from "../../../usecases/tell-customer.ts";
import { Amount } from "../../components/amount.tsx";
import { Button } from "../../components/button.tsx";
import { QrPanel } from "../../components/qr-panel.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { language, t } from "../../language.ts";
import { readyValue } from "../../live.ts";
import { arrival, goBack } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { CasePage } from "../refund/case-page.tsx";
import { customerState } from "../refund/customer-text.ts";
import { useCaseFile } from "../refund/use-case-file.ts";

/** That the customer saw it is recorded once per visit of the page. */
const useTold = (file: CaseFile | undefined): void => {
  const deps = useDeps();
  const told = useRef(false);
  const caseId = file?.refundCase.caseId;
  useLayoutEffect(() => {
    if (caseId === undefined || told.current) return;
    told.current = true;
    const notice = { via: "screen", language: language.peek() } as const;
    tellCustomer(deps, caseId, notice).catch(reportError);
  }, [caseId]);
};

const TwoLanguages = ({ say }: { readonly say: (words: Translate) => string }) => {
  const chinese = useWords("zh-CN");
  const english = useWords("en");
  return (
    <>
      <span lang="zh-CN">{chinese && say(chinese)}</span>
      <span lang="en" class="show-second">
        {english && say(english)}
      </span>
    </>
  );
};

const ShowView = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const { shop } = useShell();
  const { refundCase, payment, codes } = file;
  const attempt = latestAttempt(refundCase);
  const state = customerState(refundCase);
  const number = payment && numberOf(payment);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (arrival.peek() !== "start") heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <h1 class="show-shop" tabIndex={-1} ref={heading}>
        {shop.name}
      </h1>
      <p class="show-line">
        <TwoLanguages say={(words) => words("records.show.refund")} />
      </p>
      {!isZero(attempt.amount) && <Amount money={attempt.amount} size="huge" />}
      <p class="show-state">
        <TwoLanguages say={(words) => words(`records.slip.state.${state}`)} />
      </p>
      {(state === "recorded" || state === "submitted") && (
        <p class="show-line">
          <TwoLanguages say={(words) => words("records.slip.expected")} />
        </p>
      )}
      {number !== undefined && (
        <p class="show-line">
          <TwoLanguages
            say={(words) => words("records.show.order", { tail: format.tail(number) })}
          />
        </p>
      )}
      {codes !== undefined && (
        <QrPanel
          text={codes.screen}
          what={t("records.show.qr")}
          caption={[codes.place, format.money(attempt.amount), codes.short ?? ""].join("  ").trim()}
        />
      )}
      {refundCase.training && (
        <p class="show-state">
          <TwoLanguages say={(words) => words("records.slip.practice")} />
        </p>
      )}
      <p class="show-line">
        <TwoLanguages say={(words) => words("records.slip.no_proof")} />
      </p>
    </>
  );
};

/** D3: what the customer may see and nothing else; one way out. */
export const ShowScreen = ({ route }: { readonly route: RouteOf<"show"> }) => {
  const { id } = route.args;
  const live = useCaseFile(id);
  const file = readyValue(live);
  useTold(file);
  useLayoutEffect(() => {
    document.title = t("app.title", { title: t("action.show_customer") });
  }, []);
  return (
    <div class="show">
      <CasePage live={live}>{(loaded) => <ShowView file={loaded} />}</CasePage>
      <Button kind="secondary" onClick={() => goBack(linkTo("refund", { id }))}>
        {t("action.close")}
      </Button>
    </div>
  );
};
