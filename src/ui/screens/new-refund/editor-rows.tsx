import { visibleText } from "../../../domain/codes/visible-text.ts";
import { Row, Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";
import type { Money } from "../../../domain/money.ts";
import { checklist, type PaperStanding } from "../../../domain/policy/papers.ts";
import { findReason } from "../../../domain/reasons.ts";
import type { RefundContext } from "../../../domain/refund/draft.ts";
import { wantsNote } from "./reasons.tsx";
import type { Editor } from "./use-editor.ts";

const NoteRow = ({ editor }: { readonly editor: Editor }) => {
  const { note } = editor.entry.value;
  const empty = note.trim() === "";
  return (
    <Row
      icon="pencil"
      title={t("refund.note")}
      facts={empty ? [] : [<bdi key="note">{visibleText(note).text}</bdi>]}
      end={empty ? t(wantsNote(editor) ? "word.required" : "word.optional") : undefined}
      chevron
      onClick={() => {
        editor.sheet.value = "note";
      }}
    />
  );
};

type Props = {
  readonly editor: Editor;
  readonly context: RefundContext;
  /** What would go back, which the demanded papers depend on. */
  readonly amount: Money;
};

/** The papers that the picked reason asks for, each with how it stands (R29). */
export const papersWanted = ({ editor, context, amount }: Props): readonly PaperStanding[] => {
  const { reason: code, evidence, type } = editor.entry.value;
  const reason = findReason(code);
  if (reason === undefined || type === "decline") return [];
  const { payment, policy } = context;
  const kinds = evidence.map(({ kind }) => kind);
  return checklist({ reason, payment, amount, evidence: kinds, policy: policy.rules });
};

const DestinationRow = ({ editor, context }: Omit<Props, "amount">) => {
  const { destination } = editor.entry.value;
  const payer = context.payment?.payer;
  const original =
    payer === undefined
      ? t("refund.destination.original")
      : t("refund.destination.original_payer", { payer: visibleText(payer).text });
  return (
    <Row
      icon="corner-down-left"
      title={t("refund.destination")}
      facts={[destination === "original" ? original : t(`refund.destination.${destination}`)]}
      chevron
      onClick={() => {
        editor.sheet.value = "destination";
      }}
    />
  );
};

const PapersRow = (props: Props) => {
  const { editor } = props;
  const { evidence, identity, type, reopens } = editor.entry.value;
  const missing = papersWanted(props).filter(({ there }) => !there);
  // without a payment, and to open a declined request again, something must be shown (X31, R24)
  const needed = type === "unreferenced" || reopens !== undefined;
  const demanded = needed || missing.some((paper) => paper.demanded);
  return (
    <Row
      icon="camera"
      title={t("refund.papers")}
      facts={[
        evidence.length === 0 ? undefined : t("refund.papers.files", { n: evidence.length }),
        identity === undefined ? undefined : t("refund.papers.identity"),
        reopens === undefined ? undefined : t("refund.papers.new"),
        ...missing.map(({ paper }) =>
          t("refund.papers.missing", { paper: t(`refund.paper.${paper}`) }),
        ),
      ]}
      end={evidence.length === 0 ? t(demanded ? "word.required" : "word.optional") : undefined}
      chevron
      onClick={() => {
        editor.sheet.value = "evidence";
      }}
    />
  );
};

const GoodsRow = ({ editor }: { readonly editor: Editor }) => {
  const { exchange } = editor.entry.value;
  const given = exchange.replacement.map(({ name }) => name).filter((name) => name !== "");
  return (
    <Row
      icon="repeat-2"
      title={t("refund.exchange.goods")}
      facts={[given.length === 0 ? t("refund.exchange.goods_none") : given.join(" + ")]}
      chevron
      onClick={() => {
        editor.sheet.value = "goods";
      }}
    />
  );
};

const PolicyRow = ({ editor }: { readonly editor: Editor }) => (
  <Row
    icon="scale"
    title={t("policy.title")}
    facts={[editor.entry.value.policyShown !== undefined && t("policy.was_shown")]}
    chevron
    onClick={() => {
      editor.sheet.value = "policy";
    }}
  />
);

/** What else belongs to a refund, each a tap away: goods exchanged, papers, note, way back. */
export const EditorRows = (props: Props) => {
  const { editor, context } = props;
  const { type, exchange } = editor.entry.value;
  const movesMoney = type !== "exchange" || exchange.side === "refund";
  const wayBack = movesMoney && type !== "decline" && type !== "void" && type !== "unreferenced";
  return (
    <Rows>
      {type === "exchange" && <GoodsRow editor={editor} />}
      <PapersRow {...props} />
      <NoteRow editor={editor} />
      {type !== "decline" && <PolicyRow editor={editor} />}
      {wayBack && <DestinationRow editor={editor} context={context} />}
    </Rows>
  );
};
