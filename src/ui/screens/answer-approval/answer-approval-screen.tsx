import { Banner } from "../../components/banner.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { t } from "../../language.ts";
import { replaceWith } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { CodeReader } from "../scan/code-reader.tsx";
import { DecidePart } from "./decide-part.tsx";
import { RequestFactsPart } from "./request-facts.tsx";
import { useApproverFound, useOpened, useTillCard } from "./use-opened.ts";

const showRequest = (text: string): void =>
  replaceWith(linkTo("answer_approval", { c: text.trim() }));

/** A till's key card, or what it asks. */
const either =
  (takeCard: (text: string) => void) =>
  (text: string): void =>
    text.trim().startsWith("RLK1:") ? takeCard(text) : showRequest(text);

const Met = ({ label }: { readonly label: string | undefined }) =>
  label === undefined ? undefined : (
    <output class="u-strong">{t("phone.answer.met", { label })}</output>
  );

/** What the code of a till asks, or why this phone answers nothing. */
const Asked = ({ text }: { readonly text: string }) => {
  const { opened, cardFault, takeCard } = useOpened(text);
  const asked = opened.value;
  if (asked === undefined) return undefined;
  if (asked.ok)
    return (
      <>
        <RequestFactsPart request={asked.value} />
        <DecidePart text={text} request={asked.value} />
      </>
    );
  const isNewTill = asked.fault.kind === "till_unknown";
  return (
    <>
      <FaultNote fault={cardFault.value ?? asked.fault} />
      {isNewTill && <p>{t("phone.answer.card")}</p>}
      <CodeReader
        hint={t(isNewTill ? "phone.answer.card.hint" : "phone.answer.hint")}
        onText={either(takeCard)}
      />
    </>
  );
};

/** Before a code was read; a phone that is no approver's says so at once. */
const Waiting = () => {
  const found = useApproverFound();
  const { met, cardFault, takeCard } = useTillCard();
  if (found === undefined) return undefined;
  return found ? (
    <>
      <p>{t("phone.answer.lead")}</p>
      <FaultNote fault={cardFault.value} />
      <Met label={met.value} />
      <CodeReader hint={t("phone.answer.hint")} onText={either(takeCard)} />
    </>
  ) : (
    <Banner tone="neutral" title={t("phone.answer.not")}>
      {t("phone.answer.not_more")}
    </Banner>
  );
};

/** R4a on the approver's phone: what the till's record asks, yes or no, and the answer as a code. */
export const AnswerApprovalScreen = ({ route }: { readonly route: RouteOf<"answer_approval"> }) => {
  const { c } = route.args;
  const { staff } = useShell();
  return (
    <>
      <PageHeader
        title={t("phone.answer.title")}
        back={staff === undefined ? undefined : linkTo("scan")}
      />
      {c === undefined ? <Waiting /> : <Asked key={c} text={c} />}
    </>
  );
};
