import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { LockOut } from "../../../domain/lock-out.ts";
import { fail, type Result } from "../../../domain/result.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import { Button } from "../../components/button.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { PinPad } from "../../components/pin-pad.tsx";
import { useStart } from "../../deps.tsx";
import { t } from "../../language.ts";
import { useMedia } from "../../media.ts";
import { useLockOut, waitText } from "./use-lock-out.ts";

const lockText = (state: LockOut | undefined, wrong: boolean): string | undefined => {
  switch (state?.kind) {
    case undefined:
      return undefined;
    case "wait":
      return t("unlock.wait", { time: waitText(state.seconds) });
    case "disabled":
      return t("unlock.disabled");
    case "open":
      return wrong ? t("unlock.wrong", { n: state.left }) : undefined;
  }
};

type Refused = UnlockFault | { readonly kind: "unexpected" };

/** The others are told by how long to wait and how many tries are left. */
const isPlain = (
  fault: Refused | undefined,
): fault is Extract<Refused, { kind: "person_unknown" | "unexpected" }> =>
  fault?.kind === "person_unknown" || fault?.kind === "unexpected";

/** Where there is a mouse there is a keyboard: a PIN can be typed without a tap. */
const useKeyboard = (ready: boolean) => {
  const box = useRef<HTMLDivElement>(null);
  const atDesk = useMedia("(hover: hover)");
  useLayoutEffect(() => {
    if (ready && atDesk) box.current?.querySelector("input")?.focus();
  }, [ready, atDesk]);
  return box;
};

/** The store did not answer: told in words, and the pad comes back. */
const failed = (error: unknown): Result<never, { readonly kind: "unexpected" }> => {
  reportError(error);
  return fail({ kind: "unexpected" });
};

/** One person's PIN: tries left, the wait counted down, and the way back with the recovery code. */
export const PinEntry = ({
  person,
  onSwitch,
  onForgot,
}: {
  readonly person: Staff;
  readonly onSwitch: (() => void) | undefined;
  readonly onForgot: () => void;
}) => {
  const { unlock } = useStart();
  const { state, refresh } = useLockOut(person.staff);
  const checking = useSignal(false);
  const refused = useSignal<Refused | undefined>(undefined);
  const faultText = useFaultText();
  const take = async (pin: string): Promise<void> => {
    checking.value = true;
    refused.value = undefined;
    const unlocked = await unlock(person.staff, pin).catch(failed);
    checking.value = false;
    if (unlocked.ok) return;
    refused.value = unlocked.fault;
    await refresh();
  };
  const open = state.value?.kind === "open";
  const box = useKeyboard(open && !checking.value);
  const told = refused.value;
  const fault = isPlain(told) ? faultText(told) : lockText(state.value, told?.kind === "wrong_pin");
  return (
    <div class="unlock-pin" ref={box}>
      <p class="unlock-who">
        <bdi>{person.name}</bdi> <span class="u-small">{t(`role.${person.role}`)}</span>
      </p>
      <PinPad
        onComplete={(pin) => void take(pin)}
        fault={checking.value ? undefined : fault}
        locked={!open || checking.value}
      />
      <output class="u-small u-center">{checking.value && t("unlock.checking")}</output>
      <div class="unlock-ways">
        {onSwitch !== undefined && (
          <Button kind="text" icon="users" onClick={onSwitch}>
            {t("unlock.switch")}
          </Button>
        )}
        {person.role === "owner" && (
          <Button kind="text" onClick={onForgot}>
            {t("unlock.forgot")}
          </Button>
        )}
      </div>
    </div>
  );
};
