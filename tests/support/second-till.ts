import type { Money } from "../../src/domain/money.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { enrolDevice, inviteDevice, readRequest } from "../../src/usecases/enrol-device.ts";
import { joinShop, readAnswer, requestToJoin } from "../../src/usecases/join-shop.ts";
import { valueOf } from "./a.ts";
import { anEmptyDevice, openedDeps, type EmptyDevice, type TestShop } from "./deps.ts";

export type SecondTill = { readonly deps: Deps; readonly device: EmptyDevice };

/** Another till of the same shop, enrolled by its owner as the screens do it. */
export const aSecondTill = async (
  shop: TestShop,
  label = "T2",
  limit?: Money,
): Promise<SecondTill> => {
  const device = await anEmptyDevice();
  const invitation = valueOf(await inviteDevice(shop.deps));
  const joining = valueOf(await requestToJoin(device.setUp, invitation.text));
  const request = valueOf(await readRequest(shop.deps, invitation, joining.request));
  const entry = { label, role: "device", limit, recoveryCode: shop.recoveryCode } as const;
  const { card } = valueOf(await enrolDevice(shop.deps, request, entry));
  const answer = valueOf(await readAnswer(device.setUp, joining, card));
  valueOf(await joinShop(device.setUp, { joining, answer }, { name: "小林", pin: "604817" }));
  return { deps: await openedDeps(device), device };
};

/** Lays the records of one device beside those of another, as a merge does. */
export const layBeside = async (from: Deps, to: Deps): Promise<void> => {
  await to.journal.db.records.bulkAdd(await from.journal.db.records.toArray());
  const head = await from.journal.db.heads.get(from.device);
  if (head !== undefined) await to.journal.db.heads.put(head);
};
