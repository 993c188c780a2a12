import { useSignal } from "@preact/signals";

import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { caseSummary } from "../../../domain/case-summary.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { announce } from "../../components/announce.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/key-values.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useAbilities } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { profileName } from "../acquirers/acquirer-words.ts";
import { markPractice } from "../refund/customer-text.ts";
import { ContactSheet } from "../refund/contact-sheet.tsx";
import { LevelTag } from "../acquirers/level-tag.tsx";
import { QuotedFacts } from "./quoted-facts.tsx";
import { summaryWords } from "./summary-words.ts";

const Phone = ({ profile }: { readonly profile: AcquirerProfile }) => {
  const { phone, hours } = profile.support;
  if (phone === undefined)
    return (
      <>
        <p class="u-small">{t("acquirers.support.no_phone")}</p>
        <ButtonLink icon="pencil" href={linkTo("acquirer_edit", { id: profile.id })}>
          {t("acquirers.support.fill_in")}
        </ButtonLink>
      </>
    );
  return (
    <>
      <ButtonLink icon="phone" href={`tel:${phone.replace(/[^\d+*#]/g, "")}`}>
        {t("acquirers.support.call", { phone })}
      </ButtonLink>
      {hours !== undefined && (
        <p class="u-small">
          {t("acquirers.support.hours")} <bdi>{hours}</bdi>
        </p>
      )}
    </>
  );
};

const Summary = ({ summary }: { readonly summary: string }) => (
  <section class="u-tight">
    <h2>{t("acquirers.support.summary")}</h2>
    <Card>
      <p class="support-summary">
        <bdi dir="auto">{summary}</bdi>
      </p>
    </Card>
  </section>
);

/** Right after the call: who it was, the ticket and what was said. */
const LogContact = ({ caseId }: Pick<CaseFile["refundCase"], "caseId">) => {
  const open = useSignal(false);
  return (
    <>
      <Button icon="pencil" onClick={() => (open.value = true)}>
        {t("workflow.more.contact")}
      </Button>
      {open.value && <ContactSheet caseId={caseId} onClose={() => (open.value = false)} />}
    </>
  );
};

/** D6: whom to call about a refund, what to say first, and all of it in one copy (R8). */
export const SupportCard = ({ file }: { readonly file: CaseFile }) => {
  const { profile, refundCase, payment } = file;
  const format = useFormat();
  const { shop } = useShell();
  const { copyText } = useAbilities();
  const summary = markPractice(
    t,
    caseSummary({ refundCase, payment, profile, shop: shop.name }, summaryWords(profile, format)),
    refundCase.training,
  );
  const copy = async (): Promise<void> =>
    announce(t((await copyText(summary)) ? "action.copied" : "action.copy_refused"));
  return (
    <>
      <section class="u-tight">
        <h2>{profileName(profile)}</h2>
        <p>
          <LevelTag fact={profile.facts.support} />
        </p>
        <Phone profile={profile} />
      </section>
      <section class="u-tight">
        <h2>{t("acquirers.support.quote")}</h2>
        <Card>
          <QuotedFacts file={file} />
        </Card>
      </section>
      <Summary summary={summary} />
      <LogContact caseId={refundCase.caseId} />
      <Rows>
        <Row
          title={t("acquirers.support.profile", { name: profileName(profile) })}
          href={linkTo("acquirer", { id: profile.id })}
          chevron
        />
      </Rows>
      <BottomBar>
        <Button kind="primary" icon="copy" onClick={() => void copy()}>
          {t("acquirers.support.copy")}
        </Button>
      </BottomBar>
    </>
  );
};
