import { batchFormats, type AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import type { Batch } from "../../../domain/batch.ts";
import type { BatchState } from "../../../domain/refund/decide-acknowledge.ts";
import { Tag, type Tone } from "../../components/badge.tsx";
import { ButtonLink } from "../../components/button.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { profileName } from "../acquirers/acquirer-words.ts";
import { useProfiles } from "../acquirers/use-profiles.ts";
import { nameOf } from "../refund/case-words.ts";
import type { ExportState } from "./load-export.ts";

/** The name of an upload format; the owner's own are called so, one of a newer version keeps its id. */
export const formatText = (id: string, profiles: readonly AcquirerProfile[] = []): string => {
  const known = batchFormats.find((one) => one === id);
  if (known !== undefined) return t(`export.format.${known}`);
  if (!id.startsWith("own-")) return id;
  const acquirer = id.slice("own-".length);
  const profile = profiles.find((one) => one.id === acquirer) ?? { id: acquirer };
  return t("export.format.own", { name: profileName(profile) });
};

type BatchLook = "prepared" | "out" | Exclude<BatchState, "created">;

const lookOf = (state: BatchState, { out }: Batch): BatchLook => {
  if (state !== "created") return state;
  return out === "prepared" ? "prepared" : "out";
};

const looks: Readonly<Record<BatchLook, readonly [IconName, Tone]>> = {
  prepared: ["clock", "warn"],
  out: ["send", "info"],
  uploaded: ["circle-arrow-up", "info"],
  acknowledged: ["check", "info"],
  recalled: ["undo-2", "neutral"],
};

/** How far a batch got: made, out of the app, uploaded, known to the acquirer, taken back. */
export const BatchTag = ({
  batch,
  state,
}: {
  readonly batch: Batch;
  readonly state: BatchState;
}) => {
  const look = lookOf(state, batch);
  const [icon, tone] = looks[look];
  return (
    <Tag icon={icon} tone={tone}>
      {t(`export.batch.${look}`)}
    </Tag>
  );
};

/** Upload files and signed packages that were made before, newest first. */
export const ExportHistory = ({ batches, files, people, acknowledged }: ExportState) => {
  const format = useFormat();
  const profiles = useProfiles();
  return (
    <>
      {batches.length > 0 && (
        <section class="u-tight">
          <h2>{t("export.batches")}</h2>
          <Rows>
            {batches.map((batch) => (
              <Row
                key={batch.batchId}
                title={formatText(batch.format, profiles)}
                facts={[format.time(batch.createdAt), t("word.count", { n: batch.rows })]}
                amount={batch.total}
                end={
                  <BatchTag
                    batch={batch}
                    state={acknowledged.has(batch.batchId) ? "acknowledged" : batch.state}
                  />
                }
                href={linkTo("upload", { batch: batch.batchId })}
              />
            ))}
          </Rows>
          <ButtonLink icon="table" href={linkTo("import_results")}>
            {t("export.result.title")}
          </ButtonLink>
        </section>
      )}
      {files.length > 0 && (
        <section class="u-tight">
          <h2>{t("export.files")}</h2>
          <Rows>
            {files.map((file) => (
              <Row
                key={file.exportId}
                icon="shield-check"
                title={t("export.format.ledger")}
                facts={[format.time(file.at), nameOf(people, file.staff)]}
                end={t("export.until", { seq: file.record.seq })}
              />
            ))}
          </Rows>
        </section>
      )}
    </>
  );
};
