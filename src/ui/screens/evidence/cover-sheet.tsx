import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { Area } from "../../../domain/evidence.ts";
import type { EvidenceFile } from "../../../domain/journal-event.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { findEvidence, keepEvidence } from "../../../usecases/keep-evidence.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FilterChips } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { CoverCanvas } from "./cover-canvas.tsx";

/** Whole strips, for whoever cannot draw with a finger. */
const strips = {
  top: { x: 0, y: 0, width: 1, height: 1 / 3 },
  middle: { x: 0, y: 1 / 3, width: 1, height: 1 / 3 },
  bottom: { x: 0, y: 2 / 3, width: 1, height: 1 / 3 },
} as const satisfies Readonly<Record<string, Area>>;

const stripNames = ["top", "middle", "bottom"] as const;

type Props = {
  readonly file: EvidenceFile;
  /** The photo as it is kept now, in the place of the one before. */
  readonly onCovered: (file: EvidenceFile) => void;
  readonly onClose: () => void;
};

type Open = { readonly bytes: Blob; readonly picture: ImageBitmap };

const openPhoto = async (deps: Deps, { sha256 }: EvidenceFile): Promise<Open | KnownFault> => {
  const found = await findEvidence(deps, sha256);
  if (!found.ok) return found.fault;
  const bytes = new Blob([found.value], { type: "image/jpeg" });
  return { bytes, picture: await createImageBitmap(bytes) };
};

const usePhoto = (file: EvidenceFile) => {
  const deps = useDeps();
  const open = useSignal<Open | undefined>(undefined);
  const fault = useSignal<KnownFault | undefined>(undefined);
  useLayoutEffect(() => {
    openPhoto(deps, file).then(
      (opened) => {
        if ("picture" in opened) open.value = opened;
        else fault.value = opened;
      },
      () => {
        fault.value = { kind: "photo_unreadable" };
      },
    );
    return () => open.peek()?.picture.close();
  }, []);
  return { open, fault };
};

/** Paints over, and keeps the new photo; the old one is taken out of the list and forgotten. */
const useCovering = ({ file, onCovered, onClose }: Props, cover: () => readonly Area[]) => {
  const deps = useDeps();
  const { coverPhoto } = useAbilities();
  const job = useJob();
  const apply = async ({ bytes }: Open): Promise<void> => {
    const done = await job.run(async () => {
      const covered = await coverPhoto(bytes, cover());
      if (!covered.ok) return covered.fault;
      const kept = await keepEvidence(deps, covered.value, "photo");
      if (!kept.ok) return kept.fault;
      onCovered({ ...kept.value, kind: file.kind });
      return undefined;
    });
    if (!done) return;
    announce(t("evidence.covered"));
    onClose();
  };
  return { ...job, apply };
};

/** 涂黑: what must not be kept, a card number or a face, is painted over before the photo is recorded (F83). */
export const CoverSheet = (props: Props) => {
  const cover = useSignal<readonly Area[]>([]);
  const { open, fault } = usePhoto(props.file);
  const covering = useCovering(props, () => cover.peek());
  const photo = open.value;
  const areas = cover.value;
  return (
    <Sheet title={t("evidence.cover")} onClose={props.onClose}>
      <p class="u-small">{t("evidence.cover_help")}</p>
      <FaultNote fault={fault.value ?? covering.fault.value} />
      {photo !== undefined && (
        <CoverCanvas picture={photo.picture} cover={cover} label={t("evidence.cover_picture")} />
      )}
      <FilterChips
        label={t("evidence.cover_strips")}
        choices={stripNames.map((value) => ({ value, label: t(`evidence.cover_strip.${value}`) }))}
        selected={stripNames.filter((name) => areas.includes(strips[name]))}
        onToggle={(name) => {
          const strip = strips[name];
          cover.value = areas.includes(strip)
            ? areas.filter((area) => area !== strip)
            : [...areas, strip];
        }}
      />
      <div class="u-grid-2">
        <Button onClick={() => (cover.value = [])}>{t("action.clear")}</Button>
        <Button
          kind="primary"
          busy={covering.busy.value}
          disabled={photo === undefined || areas.length === 0}
          onClick={() => {
            if (photo !== undefined) void covering.apply(photo);
          }}
        >
          {t("evidence.cover_apply")}
        </Button>
      </div>
    </Sheet>
  );
};
