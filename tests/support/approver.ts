import { IDBFactory } from "fake-indexeddb";
import Dexie from "dexie";
import type { DeviceId } from "../../src/domain/ids.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { saveApprover, saveRingKey } from "../../src/storage/ring.ts";
import type { ApproverDeps } from "../../src/usecases/read-approval-request.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { valueOf } from "./a.ts";
import { aKey, verify, type TestKey } from "./crypto.ts";
import { memoryMarks } from "./memory-marks.ts";
import { memorySafetyCopy } from "./memory-safety-copy.ts";
import { certify, type TestRoot } from "./ring.ts";

/** The PIN that an approver's phone asks for. */
export const phonePin = "640218";

export type TestPhone = { readonly deps: ApproverDeps; readonly key: TestKey };

/** A phone with a browser of its own that approves for a shop and is nobody's till; its clock is the till's. */
export const anApproverPhone = async (
  till: Pick<Deps, "now" | "secretKeys">,
  root: TestRoot,
  claims: Readonly<Record<string, unknown>>,
): Promise<TestPhone> => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  const db = openDatabase("refund-desk");
  const key = await aKey();
  const { envelope } = await till.secretKeys.wrapNew(phonePin);
  const certified = await certify(root, key, { role: "approver", ...claims });
  const kept = { ...certified, root: root.jwk, lock: envelope, shop: "小林饰品摊" };
  valueOf(await saveApprover(db, kept, verify));
  const deps: ApproverDeps = {
    journal: { db, safetyCopy: memorySafetyCopy(), marks: memoryMarks(), copyName: String },
    verify,
    now: till.now,
    secretKeys: till.secretKeys,
    openKey: async (kid: DeviceId) => (kid === key.kid ? key.sign : undefined),
  };
  return { deps, key };
};

/** The phone scans the till's key card: from now on it knows what the till signs. */
export const meetTill = async (
  phone: TestPhone,
  till: Pick<Deps, "certificate" | "jwk">,
  root: TestRoot,
): Promise<void> => {
  const trust = { roots: new Map([[root.kid, root.jwk]]), verify };
  valueOf(await saveRingKey(phone.deps.journal.db, till, trust));
};

/** The till scans the card of the phone's key. */
export const meetPhone = async (
  { journal }: Pick<Deps, "journal">,
  phone: TestPhone,
  root: TestRoot,
): Promise<void> => {
  const { content } = (await phone.deps.journal.db.envelopes.get("approver")) ?? {};
  const { certificate } = content as { readonly certificate: string };
  const trust = { roots: new Map([[root.kid, root.jwk]]), verify };
  valueOf(await saveRingKey(journal.db, { certificate, jwk: phone.key.jwk }, trust));
};
