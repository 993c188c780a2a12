import * as v from "valibot";
import type { ExportEvent } from "../../domain/journal-event.ts";
import { common, emptyDet, tok, type Unsealed } from "./shapes.ts";

/** The last record of an export file. */
export const exportKind = {
  core: v.strictObject({ ...common, kind: v.literal("export"), xid: tok }),
  det: emptyDet,
};

type ExportCore = v.InferOutput<typeof exportKind.core>;

export const writeExport = (event: ExportEvent): Unsealed<ExportCore, object> => ({
  core: { kind: "export", xid: event.exportId },
  det: {},
});

export const readExport = (core: ExportCore): ExportEvent => ({
  kind: "export",
  exportId: core.xid,
});
