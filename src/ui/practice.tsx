import type { Signal } from "@preact/signals";
import type { ComponentChild } from "preact";

import { CNY } from "../domain/currency.ts";
import { findZone } from "../domain/instant.ts";
import { practicePin } from "../domain/practice-pin.ts";
import type { Staff } from "../domain/staff.ts";
import type { Deps } from "../usecases/deps.ts";
import { addPracticePeople } from "../usecases/practice-people.ts";
import type { ShopEntry } from "../usecases/open-shop.ts";
import { t } from "./language.ts";
import { PracticePeople } from "./screens/unlock/practice-people.tsx";
import { emptyShell } from "./shell-context.tsx";
import type { Till } from "./till.ts";

/** The shop that practice opens. */
export const practiceEntry = (): ShopEntry => ({
  shop: {
    name: t("train.shop_name"),
    currency: CNY,
    zone: findZone("Asia/Shanghai") ?? emptyShell.shop.calendar.zone,
  },
  ownerName: t("train.owner_name"),
  pin: practicePin,
});

/** A clerk and a lead join; their keys take a moment, practice goes on meanwhile. */
export const joinPractice = (deps: Deps): Promise<void> =>
  addPracticePeople(deps, {
    clerk: t("people.practice_clerk"),
    lead: t("people.practice_lead"),
  });

/** In practice the avatar changes the person without a PIN: the people to choose from lie over the page. */
export const choosePerson = ({ people, staff, take }: Till, over: Signal<ComponentChild>): void => {
  const close = (): void => {
    over.value = undefined;
  };
  const pick = (person: Staff): void => {
    close();
    take(person);
  };
  over.value = (
    <PracticePeople people={people} current={staff.peek()} onPick={pick} onClose={close} />
  );
};
