import type { BatchId } from "../../src/domain/ids.ts";
import type { TypedTarget } from "../../src/domain/upload-target.ts";
import type { Deps, OutFile } from "../../src/usecases/deps.ts";
import { batchFile } from "../../src/usecases/export-batch.ts";
import { queueUpload } from "../../src/usecases/queue-upload.ts";
import { readUploads, setUploadTarget } from "../../src/usecases/upload-setting.ts";
import { valueOf } from "./a.ts";
import { exportNow, refundNow } from "./refunds.ts";

export const aTypedTarget = (over: Partial<TypedTarget> = {}): TypedTarget => ({
  way: "folder",
  address: "https://dav.example.com/refunds/{name}",
  method: "PUT",
  accepts: "folder",
  proof: "none",
  secretName: "",
  secretValue: "",
  ...over,
});

/** The owner turns it on. */
export const turnOn = async (deps: Deps, over: Partial<TypedTarget> = {}): Promise<void> => {
  valueOf(await setUploadTarget(deps, aTypedTarget(over)));
};

/** A package as an export makes it, with these bytes in it. */
export const aPackage = (text = "package"): OutFile => ({
  name: "refund-desk_journal_20261122-140200.refundlog",
  type: "application/vnd.refundlog",
  bytes: new TextEncoder().encode(text),
});

/** Puts a package into the queue; its key comes back. */
export const queuePackage = async (deps: Deps, text = "package"): Promise<string> => {
  const before = new Set((await readUploads(deps)).entries.map(({ id }) => id));
  valueOf(await queueUpload(deps, aPackage(text)));
  const added = (await readUploads(deps)).entries.find(({ id }) => !before.has(id));
  if (added === undefined) throw new Error("nothing joined the queue");
  return added.id;
};

/** A refund in a batch that was saved, and its copy in the queue. */
export const queueBatch = async (deps: Deps): Promise<BatchId> => {
  await refundNow(deps);
  const batchId = await exportNow(deps);
  valueOf(await queueUpload(deps, valueOf(await batchFile(deps, batchId)), batchId));
  return batchId;
};

/** How the entry of a key stands. */
export const stateOf = async (deps: Deps, id: string) => {
  const entry = (await readUploads(deps)).entries.find((one) => one.id === id);
  return entry?.state;
};
