import { mayBeLinked } from "../../../domain/reconcile/ways.ts";
import { longestText } from "../../../domain/typed-text.ts";
import type { ReconLine } from "../../../usecases/read-reconciliation.ts";
import {
  linkDifference,
  recordOutside,
  resolveDifference,
} from "../../../usecases/resolve-difference.ts";
import { announce } from "../../components/announce.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { NoteField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { headOf, needsEyes } from "./recon-words.ts";
import { TwoSides } from "./two-sides.tsx";

const useSettling = (line: ReconLine, onClose: () => void) => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const { ours, theirs } = line;
  const settle = async (form: HTMLFormElement): Promise<void> => {
    const text = textIn(new FormData(form), "text");
    const done = await run(async () => {
      const saved = await entitled.run(async (deps) => {
        const [one] = theirs;
        if (ours !== undefined) return resolveDifference(deps, { ...line, ours }, text);
        if (one === undefined) throw new Error("a line has a side");
        return recordOutside(deps, one);
      });
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("recon.settled"));
    onClose();
  };
  return { busy, fault, settle, asking: entitled.sheet };
};

/** A difference of another device's refund is settled there. */
const maySettle = (line: ReconLine): boolean =>
  needsEyes(line) && line.refundCase?.elsewhere !== true;

const Settle = ({ line, onClose }: { readonly line: ReconLine; readonly onClose: () => void }) => {
  const { busy, fault, settle, asking } = useSettling(line, onClose);
  return (
    <form
      class="u-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void settle(event.currentTarget);
      }}
    >
      {line.ours !== undefined && (
        <NoteField
          name="text"
          label={t("recon.resolve.note")}
          help={t("recon.resolve.help")}
          maxLength={longestText}
        />
      )}
      <FaultNote fault={fault.value} />
      <Button kind="primary" type="submit" busy={busy.value}>
        {t(line.ours === undefined ? "recon.outside" : "recon.resolve")}
      </Button>
      {asking}
    </form>
  );
};

/** Refunds that the row may be, where only a person can tell. */
const Candidates = ({
  line: {
    theirs: [one],
  },
  lines,
  onClose,
}: {
  readonly line: ReconLine;
  readonly lines: readonly ReconLine[];
  readonly onClose: () => void;
}) => {
  const format = useFormat();
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const fitting = lines.filter(
    ({ ours, theirs, refundCase }) =>
      ours !== undefined &&
      one !== undefined &&
      theirs.length === 0 &&
      refundCase?.elsewhere !== true &&
      mayBeLinked(ours, one),
  );
  if (one === undefined || fitting.length === 0) return undefined;
  const link = async (to: ReconLine): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => linkDifference(deps, to, one));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("recon.settled"));
    onClose();
  };
  return (
    <div class="u-stack">
      <p>{t("recon.link.lead")}</p>
      {fitting.map((to) => (
        <Button key={headOf(to).key} busy={busy.value} onClick={() => void link(to)}>
          {t("recon.link.do", { number: headOf(to).number, time: format.time(headOf(to).at) })}
        </Button>
      ))}
      <FaultNote fault={fault.value} />
      {entitled.sheet}
    </div>
  );
};

/** C3: one line with both sides, what it means, and what a person can do about it. */
export const DifferenceSheet = ({
  line,
  lines,
  onClose,
}: {
  readonly line: ReconLine;
  /** All that was compared, for the refunds that a row may be. */
  readonly lines: readonly ReconLine[];
  readonly onClose: () => void;
}) => (
  <Sheet title={t(`recon.class.${line.class}`)} onClose={onClose}>
    <div class="u-stack">
      <p>{t(`recon.class_help.${line.class}`)}</p>
      <TwoSides line={line} />
      {line.refundCase !== undefined && (
        <ButtonLink icon="receipt-text" href={linkTo("refund", { id: line.refundCase.caseId })}>
          {t("recon.open_refund")}
        </ButtonLink>
      )}
      {line.refundCase?.elsewhere === true && <p class="u-small">{t("recon.elsewhere")}</p>}
      {maySettle(line) && line.ours === undefined && (
        <Candidates line={line} lines={lines} onClose={onClose} />
      )}
      {maySettle(line) && <Settle line={line} onClose={onClose} />}
    </div>
  </Sheet>
);
