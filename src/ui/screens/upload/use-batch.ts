import { useSignal } from "@preact/signals";

import type { Batch } from "../../../domain/batch.ts";
import type { BatchSheet } from "../../../domain/batches/batch-sheet.ts";
import type { BatchId } from "../../../domain/ids.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import type { Staff } from "../../../domain/staff.ts";
import { casesOfRefunds, getBatch, listStaff } from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";
import {
  batchFile,
  batchSheet,
  recallBatch,
  reportDelivery,
} from "../../../usecases/export-batch.ts";
import { reportUpload } from "../../../usecases/report-upload.ts";
import { announce } from "../../components/announce.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { goBack } from "../../router.ts";
import { linkTo } from "../../routes.ts";

/** A batch with its refunds and the people who handled it. */
export type LoadedBatch = {
  readonly batch: Batch;
  readonly cases: readonly RefundCase[];
  readonly people: readonly Staff[];
  /** What was kept beside its file; none of an older version. */
  readonly sheet: BatchSheet | undefined;
};

/** Undefined for a batch that is not here. */
export const loadBatch = async (deps: Deps, id: string): Promise<LoadedBatch | undefined> => {
  const { db } = deps.journal;
  const batch = await getBatch(db, id as BatchId);
  if (batch === undefined) return undefined;
  return {
    batch,
    cases: await casesOfRefunds(db, batch.refunds),
    people: await listStaff(db),
    sheet: await batchSheet(deps, batch),
  };
};

/** What can be done with a batch; one thing at a time. */
export const useBatchActions = ({ batch }: LoadedBatch) => {
  const deps = useDeps();
  const { deliver } = useAbilities();
  const { busy, fault, run: once } = useJob();
  const { run: entitled, sheet } = useEntitled();
  const refused = useSignal(false);
  const upload = async (where: string): Promise<void> => {
    const done = await once(async () => {
      const saved = await entitled((acting) => reportUpload(acting, batch.batchId, where));
      return saved.ok ? undefined : saved.fault;
    });
    if (done) announce(t("export.upload.done"));
  };
  const recall = async (): Promise<void> => {
    const done = await once(async () => {
      const saved = await entitled((acting) => recallBatch(acting, batch.batchId));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("export.upload.recalled"));
    goBack(linkTo("export"));
  };
  const share = async (): Promise<void> => {
    await once(async () => {
      const file = await batchFile(deps, batch.batchId);
      if (!file.ok) return file.fault;
      const out = await deliver(file.value, file.value.name);
      refused.value = out === "blocked";
      if (out === "cancelled" || out === "blocked") return undefined;
      announce(t(`export.out.${out}`));
      const saved = await entitled((acting) => reportDelivery(acting, batch.batchId, out));
      return saved.ok ? undefined : saved.fault;
    });
  };
  return { busy, fault, refused, upload, recall, share, asking: sheet };
};

export type BatchActions = ReturnType<typeof useBatchActions>;
