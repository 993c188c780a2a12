import { formersOf } from "../domain/books.ts";
import type { DeviceId } from "../domain/ids.ts";
import type { Staff } from "../domain/staff.ts";
import { listDevices, listStaff } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

/** A chain that lies here, and who works in it. */
export type ChainHere = {
  readonly device: DeviceId;
  readonly label: string;
  readonly last: number;
  readonly people: readonly Staff[];
};

/** Every chain of this journal, the own one first. */
export const listChains = async ({
  journal: { db },
  device,
}: Deps): Promise<readonly ChainHere[]> => {
  const devices = await listDevices(db);
  const own = new Set([device, ...formersOf(devices, device)]);
  const people = await listStaff(db);
  const heads = new Map((await db.heads.toArray()).map((head) => [head.device, head.seq]));
  return devices
    .map((one) => ({
      device: one.device,
      label: one.label,
      last: heads.get(one.device) ?? -1,
      people: own.has(one.device) ? people : one.people,
    }))
    .sort((one, other) => Number(other.device === device) - Number(one.device === device));
};
