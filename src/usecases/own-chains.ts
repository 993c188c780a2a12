import { formersOf } from "../domain/books.ts";
import type { DeviceId } from "../domain/ids.ts";
import { listDevices } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

/** The chains of this device under its key and those it had before, the newest first; pseudonyms are the same in them alone. */
export const ownChains = async ({
  journal: { db },
  device,
}: Pick<Deps, "journal" | "device">): Promise<readonly DeviceId[]> => [
  device,
  ...formersOf(await listDevices(db), device),
];
