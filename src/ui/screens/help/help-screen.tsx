import { StateBadge } from "../../components/badge.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Icon } from "../../components/icon.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { language, t } from "../../language.ts";
import { linkTo } from "../../routes.ts";

const cards = [
  ["scan", ["receipt-text", "scan-line"]],
  ["recorded", ["pencil", "clock"]],
  ["export", ["file-up", "send"]],
  ["arrived", ["receipt-text", "circle-check"]],
  ["statement", ["download", "scale"]],
  ["trouble", ["triangle-alert", "file-up"]],
] as const satisfies readonly (readonly [string, readonly [IconName, IconName]])[];

/** Sections of the guide, which is kept for reading offline like everything else. */
const steps = [
  "import",
  "gate",
  "refund",
  "return",
  "exchange",
  "void",
  "decline",
  "elsewhere",
  "evidence",
  "approve",
  "export",
  "result",
  "retry",
  "todo",
  "overpaid",
  "people",
  "devices",
  "policy",
  "acquirers",
  "words",
] as const;

const glossary = [
  "pending_approval",
  "waits_for_goods",
  "at_terminal",
  "to_pay_out",
  "ready",
  "exported",
  "submitted",
  "processing",
  "succeeded",
  "needs_action",
  "unknown",
  "abnormal",
  "failed",
  "closed",
  "reversed",
  "withdrawn",
  "exchanged",
  "refused",
] as const;

const limits = [1, 2, 3, 4, 5, 6] as const;

const guide = (): string => `docs/${language.value.toLowerCase()}/guide.html`;

const Cards = () => (
  <ol class="help-cards">
    {cards.map(([name, [from, to]]) => (
      <li key={name} class="card help-card">
        <span class="help-picture">
          <Icon name={from} size="large" />
          <Icon name="chevron-right" />
          <Icon name={to} size="large" />
        </span>
        <h2>{t(`help.${name}`)}</h2>
        <p>{t(`help.${name}_text`)}</p>
      </li>
    ))}
  </ol>
);

const Steps = () => (
  <section class="u-tight">
    <h2>{t("help.how")}</h2>
    <Rows>
      {steps.map((section) => (
        <Row
          key={section}
          title={t(`help.how.${section}`)}
          chevron
          href={`${guide()}#${section}`}
        />
      ))}
    </Rows>
  </section>
);

/** P7: six cards, two rules that are often told wrong, every flow step by step, words, and what the app cannot do. */
export const HelpScreen = () => (
  <>
    <PageHeader title={t("help.title")} back={linkTo("more")} />
    <Cards />
    <section class="u-tight">
      <h2>{t("help.rules")}</h2>
      <p>{t("help.rule.status")}</p>
      <p>{t("help.rule.account")}</p>
    </section>
    <Steps />
    <ButtonLink icon="receipt-text" href={guide()}>
      {t("help.guide")}
    </ButtonLink>
    <div class="u-tight">
      <Fold title={t("help.glossary")}>
        <dl class="help-words">
          {glossary.map((state) => (
            <div key={state}>
              <dt>
                <StateBadge state={state} />
              </dt>
              <dd>{t(`help.state.${state}`)}</dd>
            </div>
          ))}
        </dl>
      </Fold>
      <Fold title={t("help.limits")}>
        <ol class="help-limits">
          {limits.map((number) => (
            <li key={number}>{t(`help.limit.${number}`)}</li>
          ))}
        </ol>
      </Fold>
    </div>
  </>
);
