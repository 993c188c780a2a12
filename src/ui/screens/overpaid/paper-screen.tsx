import { businessDate } from "../../../domain/instant.ts";
import { writeClaimCode } from "../../../domain/codes/own-codes.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { OverpayClaim } from "../../../domain/claim.ts";
import type { Translate } from "../../../i18n/index.ts";
import type { OverpayLine } from "../../../usecases/list-overpayments.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { qrPath } from "../../components/qr-path.ts";
import { useAbilities } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { PaperChoice, usePaper } from "../../print/paper-choice.tsx";
import type { SlipLine } from "../../print/slip-lines.ts";
import { Slip } from "../../print/slip.tsx";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell, type Shell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { useLine } from "./use-line.ts";
import { useRegister } from "./use-register.ts";

type Registered = { readonly line: OverpayLine; readonly claim: OverpayClaim };

/** Of when it was found only the day: the minute may be that of the payment, which the payer has to know. */
const ticketLines = (
  claim: OverpayClaim,
  { name: shop, calendar }: Shell["shop"],
  format: Format,
): readonly SlipLine[] => [
  { kind: "title", text: t("overpaid.paper.ticket") },
  { kind: "centre", text: visibleText(shop).text },
  ...(claim.training ? [{ kind: "strong", text: t("records.slip.practice") } as const] : []),
  { kind: "rule" },
  { kind: "pair", label: t("overpaid.ticket"), value: claim.ticket, mono: true },
  {
    kind: "pair",
    label: t("overpaid.paper.found"),
    value: format.day(businessDate(claim.foundAt, calendar)),
  },
  ...(claim.handBackBy === undefined
    ? []
    : [{ kind: "pair", label: t("overpaid.by"), value: format.day(claim.handBackBy) } as const]),
  { kind: "text", text: t("overpaid.paper.steps") },
  {
    kind: "code",
    what: t("overpaid.ticket"),
    text: writeClaimCode(claim.ticket),
    under: [claim.ticket],
  },
];

/** Stays in the till box: it leads to the claim, and tells nobody what the payer has to know. */
const Ticket = ({ claim }: Registered) => {
  const { print } = useAbilities();
  const { paper, change } = usePaper();
  const { shop } = useShell();
  return (
    <>
      <PaperChoice paper={paper.value} onPick={change} />
      <div class="receipt-desk">
        <Slip lines={ticketLines(claim, shop, useFormat())} paper={paper.value} />
      </div>
      <BottomBar>
        <Button kind="primary" icon="printer" onClick={() => print(paper.peek())}>
          {t("overpaid.paper.print")}
        </Button>
      </BottomBar>
    </>
  );
};

const Rules = ({
  words,
  day,
  look,
}: {
  readonly words: Translate;
  readonly day: string;
  readonly look: string;
}) => (
  <ol class={look}>
    <li>{words("overpaid.paper.day", { day })}</li>
    <li>{words("overpaid.paper.bring")}</li>
    <li>{words("overpaid.paper.back")}</li>
  </ol>
);

const NoticePaper = ({
  line,
  claim,
  zh,
  en,
}: Registered & { readonly zh: Translate; readonly en: Translate }) => {
  const { shop } = useShell();
  const day = businessDate(line.at, shop.calendar);
  const code = qrPath(writeClaimCode(claim.ticket));
  return (
    <article class="poster poster-a6 on-paper" data-paper lang="zh-CN">
      <h2 class="poster-shop">
        <bdi>{visibleText(shop.name).text}</bdi>
      </h2>
      {claim.training && <p class="poster-title">{zh("records.slip.practice")}</p>}
      <p class="poster-title">{zh("overpaid.paper.head")}</p>
      <Rules words={zh} day={day} look="poster-rules" />
      <div lang="en">
        <p class="poster-english">{en("overpaid.paper.head")}</p>
        <Rules words={en} day={day} look="poster-rules poster-english" />
      </div>
      <div class="poster-foot">
        <p class="poster-title">{zh("overpaid.paper.number", { ticket: claim.ticket })}</p>
        {code !== undefined && (
          <figure class="poster-code">
            <span class="u-hidden">{t("qr.label", { what: t("overpaid.ticket") })}</span>
            <svg aria-hidden="true" viewBox={`0 0 ${code.size} ${code.size}`}>
              <path d={code.d} />
            </svg>
          </figure>
        )}
      </div>
    </article>
  );
};

/** Hangs out for everybody: the day and the claim number, nothing that a claimant is asked. */
const Notice = ({ line, claim }: Registered) => {
  const { print } = useAbilities();
  const { busy, fault, move, asking } = useRegister();
  const [zh, en] = [useWords("zh-CN"), useWords("en")];
  const out = async (): Promise<void> => {
    const isOut = claim.state !== "found";
    if (isOut || (await move(line, "notice_posted", t("overpaid.state.notice_posted"))))
      print("a6");
  };
  return (
    <>
      <div class="receipt-desk">
        {zh !== undefined && en !== undefined && (
          <NoticePaper line={line} claim={claim} zh={zh} en={en} />
        )}
      </div>
      <BottomBar>
        <FaultNote fault={fault.value} />
        <Button kind="primary" icon="printer" busy={busy.value} onClick={() => void out()}>
          {t("overpaid.paper.print")}
        </Button>
      </BottomBar>
      {asking}
    </>
  );
};

/** U1a: the claim ticket for the till, or the notice to hang out; neither says who paid, how much or when exactly (X25). */
export const Papers = ({ route }: { readonly route: RouteOf<"claim_paper"> }) => {
  const { id, kind } = route.args;
  const line = useLine(id);
  const isNotice = kind === "notice";
  const Paper = isNotice ? Notice : Ticket;
  return (
    <>
      <PageHeader
        title={t(isNotice ? "overpaid.paper.notice" : "overpaid.paper.ticket")}
        back={linkTo("overpaid")}
      />
      {line?.claim !== undefined && <Paper line={line} claim={line.claim} />}
    </>
  );
};
