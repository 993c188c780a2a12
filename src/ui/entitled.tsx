import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import type { NotEntitled } from "../domain/refund/faults.ts";
import type { Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import type { Action } from "../domain/rights.ts";
import { actAs, entitledPeople } from "../usecases/ask-entitled.ts";
import type { Deps } from "../usecases/deps.ts";
import type { UnlockFault } from "../usecases/unlock.ts";
import { PersonPin } from "./components/person-pin.tsx";
import { Sheet } from "./components/sheet.tsx";
import { useDeps } from "./deps.tsx";
import { t } from "./language.ts";

type Asking = {
  readonly action: Action;
  readonly people: readonly Staff[];
  readonly answer: (deps: Deps | undefined) => void;
};

type Entitled = {
  /**
   * Does something in the name of the person at the till. When they may not, an entitled person is asked for the PIN
   * and it is done in their name; when nobody comes, the fault stays.
   */
  readonly run: <T, F extends { readonly kind: string }>(
    work: (deps: Deps) => Promise<Result<T, F>>,
    amount?: number,
  ) => Promise<Result<T, F>>;
  /** The sheet that asks; render it. */
  readonly sheet: ComponentChildren;
};

const notEntitled = (fault: { readonly kind: string }): NotEntitled | undefined =>
  fault.kind === "not_entitled" && "action" in fault ? (fault as NotEntitled) : undefined;

const Ask = ({ asking }: { readonly asking: Asking }) => {
  const deps = useDeps();
  const { action, people, answer } = asking;
  const onPin = async (person: Staff, pin: string): Promise<UnlockFault | undefined> => {
    const acting = await actAs(deps, action, { person: person.staff, pin });
    if (acting.ok) {
      answer(acting.value);
      return undefined;
    }
    return acting.fault.kind === "not_entitled" ? { kind: "person_unknown" } : acting.fault;
  };
  return (
    <Sheet title={t("workflow.entitled.title")} onClose={() => answer(undefined)}>
      <p>{t("workflow.entitled.text")}</p>
      <PersonPin people={people} none={t("workflow.entitled.none")} onPin={onPin} />
    </Sheet>
  );
};

/** Not entitled is not hidden: the button works and asks for somebody who is (screens.md §1). */
export const useEntitled = (): Entitled => {
  const deps = useDeps();
  const asking = useSignal<Asking | undefined>(undefined);
  const ask = async (action: Action, amount: number): Promise<Deps | undefined> => {
    const people = await entitledPeople(deps, action, amount);
    return new Promise((resolve) => {
      asking.value = {
        action,
        people,
        answer: (acting) => {
          asking.value = undefined;
          resolve(acting);
        },
      };
    });
  };
  return {
    run: async (work, amount = 0) => {
      const done = await work(deps);
      const refused = done.ok ? undefined : notEntitled(done.fault);
      if (refused === undefined) return done;
      const acting = await ask(refused.action, amount);
      return acting === undefined ? done : work(acting);
    },
    sheet: asking.value === undefined ? undefined : <Ask asking={asking.value} />,
  };
};
