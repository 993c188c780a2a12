import type { Witnessed } from "../domain/books.ts";
import { highest, lowest } from "../storage/paging.ts";
import { compareOwn, type OwnChainFault } from "./compare-own.ts";
import type { Deps } from "./deps.ts";

type OwnDeps = Pick<Deps, "journal" | "device">;

/** What other chains that were merged here have seen of this very one. */
const sightings = async ({ journal, device }: OwnDeps): Promise<readonly Witnessed[]> => {
  const rows = await journal.db.witnessed
    .where("[device+seq]")
    .between([device, lowest], [device, highest])
    .toArray();
  return rows.filter(({ record }) => record.device !== device);
};

/** The worst that the records of other tills say against this one's; undefined where all of it stands here. */
export const troubleSeenOfUs = async (deps: OwnDeps): Promise<OwnChainFault | undefined> => {
  const compared = await Promise.all(
    (await sightings(deps)).map((sighting) => compareOwn(deps, sighting)),
  );
  const faults = compared.flatMap((one) => (one.ok ? [] : [one.fault]));
  return faults.find(({ kind }) => kind === "own_chain_cut") ?? faults[0];
};
