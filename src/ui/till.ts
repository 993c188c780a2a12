import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";

import type { StaffId } from "../domain/ids.ts";
import type { Calendar } from "../domain/instant.ts";
import type { Shop } from "../domain/journal-event.ts";
import type { ShopSetting } from "../domain/shop-setting.ts";
import type { Staff } from "../domain/staff.ts";
import { observe } from "../storage/observe.ts";
import { findPolicy, listStaff } from "../storage/queries.ts";
import type { AppState } from "./app.tsx";
import { watchIdle } from "./auto-lock.ts";

type Store = Parameters<typeof listStaff>[0];

/** Out of sight for longer than this locks (rel-X6). */
const hiddenMs = 60_000;

/** The screens tell of a store that does not answer. */
const unread = (): undefined => undefined;

type SettingDocument = Awaited<ReturnType<typeof findPolicy>>;

/** Its parser comes when a shop is opened: the first load stays small. */
const readSetting = async (known: SettingDocument): Promise<ShopSetting> => {
  const { parseSetting } = await import("../domain/shop-setting.ts");
  return parseSetting(known?.document ?? {});
};

/** The shop's days: its zone, and when a new one begins; the same object until either changes. */
const calendarOf = (
  shop: ReadonlySignal<Shop | undefined>,
  setting: ReadonlySignal<ShopSetting | undefined>,
): ReadonlySignal<Calendar | undefined> => {
  const cutoff = computed(() => setting.value?.cutoffMinutes ?? 0);
  return computed(() => shop.value && { zone: shop.value.zone, cutoffMinutes: cutoff.value });
};

/** Who is at the till of which shop, and how far the app is; it follows what the journal says of both. */
export const createTill = (db: Store, { training }: { readonly training: boolean }) => {
  const state = signal<AppState>("starting");
  const staff = signal<Staff | undefined>(undefined);
  const shop = signal<Shop | undefined>(undefined);
  const setting = signal<ShopSetting | undefined>(undefined);
  const lockMinutes = computed(() => setting.value?.lockMinutes);
  const take = (person: Staff | undefined): void => {
    staff.value = person;
    state.value = "ready";
  };
  const lock = (): void => {
    staff.value = undefined;
    state.value = "locked";
  };
  const people = async (): Promise<readonly Staff[]> =>
    (await listStaff(db)).filter((one) => one.active);
  /** Whoever was switched off is out at once, maybe from another window (F69); in practice another one goes on. */
  const follow = (all: readonly Staff[]): void => {
    const now = all.find((one) => one.staff === staff.peek()?.staff);
    if (now === undefined) return;
    if (now.active) staff.value = now;
    else if (training) take(all.find((one) => one.active));
    else lock();
  };
  const takeSetting = async (known: SettingDocument): Promise<void> => {
    setting.value = await readSetting(known);
  };
  const openAt = async (opened: Shop): Promise<void> => {
    await takeSetting(await findPolicy(db, "setting"));
    shop.value = opened;
    observe(() => listStaff(db), follow, unread);
    observe(
      () => findPolicy(db, "setting"),
      (known) => void takeSetting(known),
      unread,
    );
  };
  const enterAs = async (person: StaffId): Promise<void> =>
    take((await people()).find((one) => one.staff === person));
  effect(() => {
    const minutes = lockMinutes.value;
    return state.value === "ready" && minutes !== undefined && !training
      ? watchIdle({ idleMs: minutes * 60_000, hiddenMs, lock })
      : undefined;
  });
  const calendar = calendarOf(shop, setting);
  const sends = computed(() => !training && (setting.value?.uploadOrigin ?? "") !== "");
  return { state, staff, shop, calendar, sends, people, take, lock, enterAs, openAt };
};

export type Till = ReturnType<typeof createTill>;
