import type { RecordRef } from "../domain/ids.ts";
import { instantFromSeconds, type Instant } from "../domain/instant.ts";
import { parsePolicy, type ShopPolicy } from "../domain/policy/shop-policy.ts";
import { currentPolicy, findRecord } from "../storage/queries.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import type { Deps } from "./deps.ts";

/** The policy in force with its version and since when; undefined where the record itself cannot be read. */
export type PolicyInForce = {
  readonly policy: ShopPolicy;
  readonly version: number;
  readonly since: Instant | undefined;
};

/** Reads the policy in force. */
export const readPolicy = async ({ journal: { db } }: Deps): Promise<PolicyInForce> => {
  const { version, document, record } = await currentPolicy(db, "policy");
  const stored = await findRecord(db, record);
  const opened = stored && openRecord(stored);
  return {
    policy: parsePolicy(document),
    version,
    since: opened && instantFromSeconds(opened.iat),
  };
};

/** Reads the policy that one record put in force; undefined where that record is not here. */
export const readPolicyAt = async (
  { journal: { db } }: Deps,
  ref: RecordRef,
): Promise<PolicyInForce | undefined> => {
  const record = await findRecord(db, ref);
  const stored = record && openRecord(record);
  const told = stored && toRecorded(stored, undefined);
  if (told?.event.kind !== "policy" || told.event.what !== "policy") return undefined;
  const { document, version } = told.event;
  return { policy: parsePolicy(document), version, since: told.at };
};
