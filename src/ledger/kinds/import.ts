import * as v from "valibot";
import { given } from "../../domain/given.ts";
import type { DeviceId } from "../../domain/ids.ts";
import type { ImportEvent } from "../../domain/journal-event.ts";
import { extension, givenRef, givenSeq, type Home } from "./mapping.ts";
import { below, code, common, date, h, id, int, seq, sums, type Unsealed } from "./shapes.ts";

/** A statement file that was read: its hash, its number of rows, its sums. */
export const importKind = {
  core: v.strictObject({ ...common, kind: v.literal("import"), file: h, n: int }),
  det: v.strictObject({
    ...below,
    acq: code,
    fmt: id,
    sums,
    decl: v.exactOptional(v.strictObject({ n: int, sums })),
    per: v.exactOptional(v.strictTuple([date, date])),
    enc: v.exactOptional(id),
    dup: v.exactOptional(int),
  }),
};

type ImportCore = v.InferOutput<typeof importKind.core>;
type ImportDet = v.InferOutput<typeof importKind.det>;

type Sums = ImportDet["sums"];

const writeSums = (of: ImportEvent["sums"]): Sums =>
  Object.fromEntries(Object.entries(of).map(([cur, [paid, refunded]]) => [cur, [paid, refunded]]));

export const writeImport = (event: ImportEvent, home: Home): Unsealed<ImportCore, ImportDet> => {
  const { declared, period } = event;
  return {
    core: { kind: "import", file: event.file, n: event.rows },
    det: {
      acq: event.acquirer,
      fmt: event.format,
      sums: writeSums(event.sums),
      ...given("decl", declared && { n: declared.rows, sums: writeSums(declared.sums) }),
      ...given("per", period && ([period[0], period[1]] as const)),
      ...given("enc", event.encoding),
      ...given("dup", event.duplicates),
      ...extension(givenSeq("back", event.takesBack, home)),
    },
  };
};

/** The import that is taken back; a number that reads otherwise is left aside, as `x` binds nobody. */
const readBack = (x: ImportDet["x"], device: DeviceId) => {
  const back = v.safeParse(seq, x?.["back"]);
  return givenRef("takesBack", back.success ? back.output : undefined, device);
};

export const readImport = (core: ImportCore, det: ImportDet, device: DeviceId): ImportEvent => ({
  kind: "import",
  file: core.file,
  rows: core.n,
  acquirer: det.acq,
  format: det.fmt,
  ...given("encoding", det.enc),
  sums: det.sums,
  ...given("declared", det.decl && { rows: det.decl.n, sums: det.decl.sums }),
  ...given("period", det.per),
  ...given("duplicates", det.dup),
  ...readBack(det.x, device),
});
