import { evidenceLimits } from "../../../domain/evidence.ts";
import type { EvidenceFile } from "../../../domain/journal-event.ts";
import type { PaperStanding } from "../../../domain/policy/papers.ts";
import type { SeenIdentity } from "../../../domain/refund/draft.ts";
import { forgetEvidence } from "../../../usecases/keep-evidence.ts";
import { Button } from "../../components/button.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { FaultLine } from "../../components/field.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { Progress } from "../../components/progress.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { EvidenceItems } from "./evidence-items.tsx";
import { FlaggedPhoto } from "./flagged-photo.tsx";
import { IdentityPart } from "./identity-part.tsx";
import { useAdding, type AddFile, type Adding } from "./use-adding.ts";

const Wanted = ({ wanted }: { readonly wanted: readonly PaperStanding[] }) =>
  wanted.length === 0 ? undefined : (
    <section class="u-tight">
      <h3>{t("evidence.wanted")}</h3>
      <Rows>
        {wanted.map(({ paper, demanded, there }) => (
          <Row
            key={paper}
            icon={there ? "check" : demanded ? "circle-alert" : "minus"}
            title={t(`refund.paper.${paper}`)}
            end={t(`evidence.wanted.${there ? "there" : demanded ? "demanded" : "advised"}`)}
          />
        ))}
      </Rows>
    </section>
  );

const kept = "image/*,audio/*,text/plain,message/rfc822,application/pdf,.eml,.txt,.pdf";

/** The two ways in; closed while a file is prepared and when the list is full. */
const Ways = ({ adding, full }: { readonly adding: Adding; readonly full: boolean }) => {
  if (adding.working.value)
    return <Progress label={t("evidence.working")} onCancel={adding.cancel} />;
  if (full) return <p>{t("evidence.full", { most: evidenceLimits.files })}</p>;
  return (
    <div class="u-grid-2">
      <FileButton
        icon="camera"
        label={t("evidence.take")}
        accept="image/*"
        camera
        onFiles={(files) => void adding.add(files, "photo")}
      />
      <FileButton
        icon="image"
        label={t("evidence.choose")}
        accept={kept}
        multiple
        onFiles={(files) => void adding.add(files, "any")}
      />
    </div>
  );
};

const Refusals = ({ adding }: { readonly adding: Adding }) => {
  const faultText = useFaultText();
  const refused = adding.refused.value;
  return refused.length === 0 ? undefined : (
    <div class="u-tight" role="alert">
      {refused.map(({ name, fault }) => (
        <FaultLine key={name + fault.kind}>
          <bdi>{name}</bdi>
          {t("word.separator")}
          {faultText(fault)}
        </FaultLine>
      ))}
    </div>
  );
};

type Props = {
  readonly files: readonly EvidenceFile[];
  /** How the papers of the reason stand with these files. */
  readonly wanted: readonly PaperStanding[];
  /** A file that was stored, or one of the list under another kind (`withFile`); a note where somebody had to say why it is used. */
  readonly onAdd: AddFile;
  readonly onRemove: (file: EvidenceFile) => void;
  readonly identity?: SeenIdentity | undefined;
  /** Where a paper can be checked; without it nobody is asked. */
  readonly onIdentity?: (identity: SeenIdentity | undefined) => void;
  readonly onClose: () => void;
};

/** R8: photos and files for one record, looked at before they are kept, each under what it is. */
export const EvidenceSheet = (props: Props) => {
  const { files, wanted, onAdd, onRemove, identity, onIdentity, onClose } = props;
  const deps = useDeps();
  const adding = useAdding(files, onAdd);
  const [flagged] = adding.flagged.value;
  const remove = (file: EvidenceFile): void => {
    onRemove(file);
    forgetEvidence(deps, file.sha256).catch(reportError);
  };
  return (
    <Sheet title={t("evidence.title")} onClose={onClose}>
      <p class="u-small">{t("evidence.hint")}</p>
      <Wanted wanted={wanted} />
      {flagged === undefined ? (
        <Ways adding={adding} full={files.length >= evidenceLimits.files} />
      ) : (
        <FlaggedPhoto key={flagged.sha256} photo={flagged} adding={adding} />
      )}
      <Refusals adding={adding} />
      {files.length > 0 && <EvidenceItems files={files} onAdd={onAdd} onRemove={remove} />}
      {onIdentity !== undefined && <IdentityPart identity={identity} onIdentity={onIdentity} />}
      {flagged === undefined && (
        <Button kind="primary" busy={adding.working.value} onClick={onClose}>
          {t("action.done")}
        </Button>
      )}
    </Sheet>
  );
};
