import * as v from "valibot";
import { common, emptyDet, tok } from "./shapes.ts";

/** The last record of an export file. */
export const exportKind = {
  core: v.strictObject({ ...common, kind: v.literal("export"), xid: tok }),
  det: emptyDet,
};
