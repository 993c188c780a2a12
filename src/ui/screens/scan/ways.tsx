import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { getCase } from "../../../storage/queries.ts";
import type { PictureFault, SeenCodes } from "../../../usecases/abilities.ts";
import { findDraft } from "../../../usecases/keep-draft.ts";
import { practiceSample } from "../../../usecases/start-practice.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { parseKeptRefund, type KeptRefund } from "../new-refund/refund-entry.ts";
import type { Readings } from "./use-readings.ts";

/** A picture of a code; it is read here and forgotten. */
export const FromPicture = ({ onSeen }: { readonly onSeen: (seen: SeenCodes) => void }) => {
  const { decodePicture } = useAbilities();
  const input = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const fault = useSignal<PictureFault | undefined>(undefined);
  const read = async (): Promise<void> => {
    const file = input.current?.files?.[0];
    if (file === undefined || busy.peek()) return;
    busy.value = true;
    const seen = await decodePicture(file);
    busy.value = false;
    fault.value = seen.ok ? undefined : seen.fault;
    if (input.current !== null) input.current.value = "";
    if (seen.ok) onSeen(seen.value);
  };
  return (
    <>
      <Button kind="tall" icon="image" busy={busy.value} onClick={() => input.current?.click()}>
        {t("scan.picture")}
      </Button>
      <input
        ref={input}
        class="u-hidden"
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-label={t("scan.picture")}
        onChange={() => void read()}
      />
      {fault.value !== undefined && (
        <div class="scan-whole">
          <FaultNote fault={fault.value} />
        </div>
      )}
    </>
  );
};

/** A refund that was begun and neither recorded nor given up. */
const Unfinished = () => {
  const deps = useDeps();
  const kept = useSignal<KeptRefund | undefined>(undefined);
  useLayoutEffect(() => {
    const look = async (): Promise<void> => {
      const found = await findDraft(deps, "refund", parseKeptRefund);
      if (found !== undefined && (await getCase(deps.journal.db, found.caseId)) === undefined)
        kept.value = found;
    };
    look().catch(() => undefined); // without the draft store nothing is offered
  }, []);
  return kept.value === undefined ? undefined : (
    <Rows>
      <Row
        icon="pencil"
        title={t("scan.unfinished")}
        end={t("scan.resume")}
        chevron
        href={linkTo("new_refund", kept.value.address)}
      />
    </Rows>
  );
};

/** Three equal ways without the camera; practice adds a number that is there. */
export const Ways = ({ readings }: { readonly readings: Readings }) => {
  const deps = useDeps();
  const takeSample = async (): Promise<void> => {
    const sample = await practiceSample(deps);
    if (sample !== undefined) await readings.take(sample);
  };
  return (
    <>
      <div class="u-grid-3">
        <ButtonLink kind="tall" icon="keyboard" href={linkTo("type")}>
          {t("scan.type")}
        </ButtonLink>
        <FromPicture onSeen={(seen) => void readings.takeSeen(seen)} />
        <ButtonLink kind="tall" icon="search" href={linkTo("find")}>
          {t("scan.find")}
        </ButtonLink>
      </div>
      {deps.training && (
        <Button icon="graduation-cap" onClick={() => void takeSample()}>
          {t("scan.sample")}
        </Button>
      )}
      <Unfinished />
    </>
  );
};
