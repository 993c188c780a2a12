import { withFile, withoutFile } from "../../../domain/evidence.ts";
import { openLines } from "../../../domain/goods-lines.ts";
import type { Destination } from "../../../domain/journal-event.ts";
import type { Money } from "../../../domain/money.ts";
import type { RefundContext } from "../../../domain/refund/draft.ts";
import type { AcceptsKey } from "../../components/keypad.tsx";
import { EvidenceSheet } from "../evidence/evidence-sheet.tsx";
import { KeypadSheet } from "./amount-part.tsx";
import { DestinationSheet } from "./destination-sheet.tsx";
import { papersWanted } from "./editor-rows.tsx";
import { ExchangeSheet } from "./exchange-sheet.tsx";
import { LinesSheet } from "./lines-sheet.tsx";
import { NoteSheet } from "./note-sheet.tsx";
import { PolicySheet } from "./policy-sheet.tsx";
import { ReasonsSheet } from "./reasons-sheet.tsx";
import type { Editor } from "./use-editor.ts";

const everywhere: readonly Destination[] = ["original", "cash", "store_credit", "other"];
/** A transfer has no way back of its own (X22). */
const elsewhere: readonly Destination[] = ["other", "cash", "store_credit"];

type Props = {
  readonly editor: Editor;
  readonly context: RefundContext;
  readonly amount: Money;
  readonly accepts: AcceptsKey;
};

/** R8: the papers that the reason asks for, files and the identity that was seen. */
const PapersSheet = (props: Props & { readonly onClose: () => void }) => {
  const { editor, onClose } = props;
  const { evidence, identity } = editor.entry.value;
  return (
    <EvidenceSheet
      files={evidence}
      wanted={papersWanted(props)}
      onAdd={(file, why) => {
        const { evidence: known, note } = editor.entry.peek();
        const words = [note, why ?? ""].filter((text) => text.trim() !== "");
        editor.change({ evidence: withFile(known, file), note: words.join("\n") });
      }}
      onRemove={({ sha256 }) =>
        editor.change({ evidence: withoutFile(editor.entry.peek().evidence, sha256) })
      }
      identity={identity}
      onIdentity={(seen) => editor.change({ identity: seen })}
      onClose={onClose}
    />
  );
};

/** What lies over the editor; one at a time. */
export const EditorSheets = (props: Props) => {
  const { editor, context, accepts } = props;
  const close = (): void => {
    editor.sheet.value = undefined;
  };
  const { payment } = context;
  const lines = payment === undefined ? [] : openLines(payment);
  switch (editor.sheet.value) {
    case "note":
      return <NoteSheet editor={editor} onClose={close} />;
    case "keypad":
      return (
        <KeypadSheet
          editor={editor}
          accepts={accepts}
          onClose={() => {
            editor.stopTyping();
            close();
          }}
        />
      );
    case "lines":
      return <LinesSheet editor={editor} lines={lines} onClose={close} />;
    case "goods":
      return payment === undefined ? undefined : (
        <ExchangeSheet editor={editor} payment={payment} lines={lines} onClose={close} />
      );
    case "reasons":
      return <ReasonsSheet editor={editor} onClose={close} />;
    case "destination":
      return (
        <DestinationSheet
          editor={editor}
          destinations={payment?.state === "transfer" ? elsewhere : everywhere}
          onClose={close}
        />
      );
    case "policy":
      return (
        <PolicySheet
          record={context.policy.record}
          onShown={() => editor.change({ policyShown: context.policy.record })}
          onClose={close}
        />
      );
    case "evidence":
      return <PapersSheet {...props} onClose={close} />;
    case undefined:
      return undefined;
  }
};
