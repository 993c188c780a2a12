import type { EvidenceFile } from "../../../domain/journal-event.ts";
import type { Result } from "../../../domain/result.ts";
import { findEvidence, type FindEvidenceFault } from "../../../usecases/keep-evidence.ts";
import { useFaultText } from "../../components/fault-note.tsx";
import { Icon } from "../../components/icon.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { useDeps } from "../../deps.tsx";
import { readyValue, useLive } from "../../live.ts";
import { Picture } from "./picture.tsx";

/** Every photo that was kept here is a JPEG of our own making; nothing else is drawn. */
export const isPicture = ({ type }: EvidenceFile): boolean => type === "image/jpeg";

/** What is kept under the hash of a file; undefined while it is looked for. */
export const useStored = (
  file: EvidenceFile,
): Result<Uint8Array<ArrayBuffer>, FindEvidenceFault> | undefined => {
  const deps = useDeps();
  const stored = useLive(
    () => file.sha256,
    (sha256) => findEvidence(deps, sha256),
  );
  return readyValue(stored.value);
};

const icons: Readonly<Partial<Record<EvidenceFile["kind"], IconName>>> = {
  audio: "volume-2",
  email: "send",
  photo: "image",
};

const PictureThumb = ({ file }: { readonly file: EvidenceFile }) => {
  const stored = useStored(file);
  const faultText = useFaultText();
  if (stored?.ok === true) return <Picture bytes={stored.value} label="" />;
  return (
    <span class="ev-thumb">
      {stored !== undefined && <Icon name="triangle-alert" label={faultText(stored.fault)} />}
    </span>
  );
};

/** A file as a small square: the photo itself, or what kind of file it is. */
export const Thumb = ({ file }: { readonly file: EvidenceFile }) =>
  isPicture(file) ? (
    <PictureThumb file={file} />
  ) : (
    <span class="ev-thumb">
      <Icon name={icons[file.kind] ?? "receipt-text"} />
    </span>
  );
