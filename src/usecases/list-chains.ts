import type { DeviceId } from "../domain/ids.ts";
import type { Staff } from "../domain/staff.ts";
import { listDevices, listStaff } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";
import { ownChains } from "./own-chains.ts";

/** A chain that lies here, and who works in it. */
export type ChainHere = {
  readonly device: DeviceId;
  readonly label: string;
  readonly last: number;
  readonly people: readonly Staff[];
};

/** Every chain of this journal, the own one first. */
export const listChains = async (deps: Deps): Promise<readonly ChainHere[]> => {
  const { journal, device } = deps;
  const { db } = journal;
  const own = await ownChains(deps);
  const people = await listStaff(db);
  const heads = new Map((await db.heads.toArray()).map((head) => [head.device, head.seq]));
  return (await listDevices(db))
    .map((one) => ({
      device: one.device,
      label: one.label,
      last: heads.get(one.device) ?? -1,
      people: own.includes(one.device) ? people : one.people,
    }))
    .sort((one, other) => Number(other.device === device) - Number(one.device === device));
};
