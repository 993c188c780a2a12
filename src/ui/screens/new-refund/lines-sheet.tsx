import type { OpenLine } from "../../../domain/goods-lines.ts";
import { noQuantity } from "../../../domain/quantity.ts";
import { Button } from "../../components/button.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";
import { FreeRows } from "./free-rows.tsx";
import { allOf, LineSteppers } from "./line-steppers.tsx";
import type { AmountChoice } from "./refund-entry.ts";
import type { Editor } from "./use-editor.ts";

type Lines = Extract<AmountChoice, { kind: "lines" }>;

/** R3: which goods, and how many of each; where the payment lists none, price × quantity. */
export const LinesSheet = ({
  editor,
  lines,
  onClose,
}: {
  readonly editor: Editor;
  readonly lines: readonly OpenLine[];
  readonly onClose: () => void;
}) => {
  const { amount } = editor.entry.value;
  const now: Lines = amount.kind === "lines" ? amount : { kind: "lines", chosen: {}, free: [] };
  const put = (part: Partial<Lines>): void => editor.change({ amount: { ...now, ...part } });
  const open = lines.filter(({ left }) => left !== noQuantity);
  return (
    <Sheet title={t("refund.lines.title")} onClose={onClose}>
      {open.length === 0 ? (
        <>
          <p>{t("refund.lines.none")}</p>
          <FreeRows rows={now.free} left={editor.left} onChange={(free) => put({ free })} />
        </>
      ) : (
        <>
          <LineSteppers
            lines={open}
            chosen={now.chosen}
            onChange={(chosen) => put({ chosen, free: [] })}
          />
          <Button onClick={() => put({ chosen: allOf(open), free: [] })}>
            {t("refund.lines.all")}
          </Button>
        </>
      )}
      <Button kind="primary" onClick={onClose}>
        {t("action.done")}
      </Button>
    </Sheet>
  );
};
