import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { isZero } from "../../../domain/money.ts";
import type { CaseId } from "../../../domain/ids.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { numberOf } from "../new-refund/order.tsx";
import { languages, type LanguageTag, type Translate } from "../../../i18n/index.ts";
import { currentSetting } from "../../../usecases/change-setting.ts";
import type { CaseFile, ReceiptCodes } from "../../../usecases/read-case.ts";
import { tellCustomer } from "../../../usecases/tell-customer.ts";
import { Amount } from "../../components/amount.tsx";
import { Button } from "../../components/button.tsx";
import { QrPanel } from "../../components/qr-panel.tsx";
import { Segments } from "../../components/segments.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { language, t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { arrival, goBack } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { CasePage } from "../refund/case-page.tsx";
import { customerState, statusText } from "../refund/customer-text.ts";
import { useCaseFile } from "../refund/use-case-file.ts";

/** That the customer saw it, or was given the words to take along, is recorded once per visit of the page. */
const useTold = (
  caseId: CaseId,
  { via, spoken }: { readonly via: "screen" | "qr"; readonly spoken: LanguageTag },
): void => {
  const deps = useDeps();
  const told = useRef(new Set<string>());
  useLayoutEffect(() => {
    if (told.current.has(via)) return;
    told.current.add(via);
    tellCustomer(deps, caseId, { via, language: spoken }).catch(reportError);
  }, [caseId, via]);
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

type CodeKind = "signed" | LanguageTag;

const spokenIn = (kind: CodeKind): LanguageTag => (kind === "signed" ? language.value : kind);

/** The signed record for whoever checks it, or plain words in either language for the customer's own phone. */
const Code = ({
  refundCase,
  codes,
  kind,
}: {
  readonly refundCase: RefundCase;
  readonly codes: ReceiptCodes;
  readonly kind: Signal<CodeKind>;
}) => {
  const format = useFormat();
  const deps = useDeps();
  const { shop, now } = useShell();
  const { amount } = latestAttempt(refundCase);
  const spoken = spokenIn(kind.value);
  const words = useWords(spoken);
  const phone = readyValue(
    useLive(
      () => deps,
      async (open) => (await currentSetting(open)).phone,
    ).value,
  );
  return (
    <>
      <Segments
        label={t("records.show.code")}
        name="show-code"
        choices={[
          { value: "signed", label: t("records.show.signed") },
          ...languages.map(({ tag, name }) => ({
            value: tag,
            label: t("records.show.text", { language: name }),
          })),
        ]}
        value={kind.value}
        onPick={(picked) => {
          kind.value = picked;
        }}
      />
      {kind.value === "signed" ? (
        <QrPanel
          text={codes.screen}
          what={t("records.show.qr")}
          caption={[codes.place, format.money(amount), codes.short ?? ""].join("  ").trim()}
        />
      ) : (
        words !== undefined &&
        phone !== undefined && (
          <QrPanel
            text={statusText(words, { refundCase, shop, language: spoken, phone, now: now() })}
            what={t("records.show.status")}
            caption={words("records.show.status")}
          />
        )
      )}
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
  const kind = useSignal<CodeKind>("signed");
  useTold(refundCase.caseId, {
    via: kind.value === "signed" ? "screen" : "qr",
    spoken: spokenIn(kind.value),
  });
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
      {codes !== undefined && <Code refundCase={refundCase} codes={codes} kind={kind} />}
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
