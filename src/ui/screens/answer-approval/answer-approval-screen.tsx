import { recogniseOwnCode } from "../../../domain/codes/own-codes.ts";
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
import { SeenTill } from "./seen-till.tsx";
import { useApproverFound, useOpened, useTillCard } from "./use-opened.ts";

const showRequest = (text: string): void => replaceWith(linkTo("answer_approval", { c: text }));

const isToken = (text: string, type: string): boolean => {
  const code = recogniseOwnCode(text);
  return code?.kind === "own_token" && code.type === type;
};

/** A list of revoked keys: as one code, or as the lines of a `.refundack`. */
const isList = (text: string): boolean =>
  text.startsWith("{") || isToken(text, "refund-status+jwt");

/** What a till shows to be witnessed, or what it asks. */
const Scanned = ({ text }: { readonly text: string }) =>
  isToken(text, "refund-cp+jwt") ? <SeenTill token={text} /> : <Asked text={text} />;

/** A till's key card, a list of revoked keys, or what a till asks. */
const anyOf =
  ({ takeCard, takeList }: Pick<ReturnType<typeof useTillCard>, "takeCard" | "takeList">) =>
  (text: string): void => {
    const code = text.trim();
    if (code.startsWith("RLK1:")) return takeCard(code);
    return isList(code) ? takeList(`${code}\n`) : showRequest(code);
  };

const Revoked = ({ n }: { readonly n: number | undefined }) =>
  n === undefined ? undefined : (
    <output class="u-strong">{t("devices.status.taken", { n })}</output>
  );

const Met = ({ label }: { readonly label: string | undefined }) =>
  label === undefined ? undefined : (
    <output class="u-strong">{t("phone.answer.met", { label })}</output>
  );

/** What the code of a till asks, or why this phone answers nothing. */
const Asked = ({ text }: { readonly text: string }) => {
  const { opened, cardFault, revoked, ...taking } = useOpened(text);
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
      <Revoked n={revoked.value} />
      {isNewTill && <p>{t("phone.answer.card")}</p>}
      <CodeReader
        hint={t(isNewTill ? "phone.answer.card.hint" : "phone.answer.hint")}
        onText={anyOf(taking)}
      />
    </>
  );
};

/** Before a code was read; a phone that is no approver's says so at once. */
const Waiting = () => {
  const found = useApproverFound();
  const { met, revoked, cardFault, ...taking } = useTillCard();
  if (found === undefined) return undefined;
  return found ? (
    <>
      <p>{t("phone.answer.lead")}</p>
      <FaultNote fault={cardFault.value} />
      <Met label={met.value} />
      <Revoked n={revoked.value} />
      <CodeReader hint={t("phone.answer.hint")} onText={anyOf(taking)} />
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
      {c === undefined ? <Waiting /> : <Scanned key={c} text={c} />}
    </>
  );
};
