import { StateBadge } from "../../components/badge.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Icon } from "../../components/icon.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { PageHeader } from "../../components/page-header.tsx";
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

const glossary = [
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
] as const;

const limits = [1, 2, 3, 4, 5, 6] as const;

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

/** P7: six cards, then what the words mean, what the app cannot do, and two rules that are often told wrong. */
export const HelpScreen = () => (
  <>
    <PageHeader title={t("help.title")} back={linkTo("more")} />
    <Cards />
    <ButtonLink icon="receipt-text" href={`docs/${language.value.toLowerCase()}/guide.html`}>
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
      <Fold title={t("help.rules")}>
        <p>{t("help.rule.status")}</p>
        <p>{t("help.rule.account")}</p>
      </Fold>
    </div>
  </>
);
