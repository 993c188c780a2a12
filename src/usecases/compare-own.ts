import type { Hash } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { findRecord } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

/** Somebody outside names a record that this journal does not hold: it was cut, or written anew. */
export type OwnChainFault = {
  readonly kind: "own_chain_cut" | "own_chain_forked";
  readonly seq: number;
  readonly last: number;
};

/** Compares what is said of this very chain with what lies here. */
export const compareOwn = async (
  { journal, device }: Pick<Deps, "journal" | "device">,
  { seq, head }: { readonly seq: number; readonly head: Hash },
): Promise<Result<undefined, OwnChainFault>> => {
  const { db } = journal;
  const last = (await db.heads.get(device))?.seq ?? -1;
  if (seq > last) return fail({ kind: "own_chain_cut", seq, last });
  const record = await findRecord(db, { device, seq });
  if (record?.hash !== head) return fail({ kind: "own_chain_forked", seq, last });
  return ok(undefined);
};
