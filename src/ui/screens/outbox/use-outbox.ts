import { useSignal } from "@preact/signals";

import type { CaseId } from "../../../domain/ids.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { recordCopiesSent, sendMerchantCopies } from "../../../usecases/merchant-copy.ts";
import { announce } from "../../components/announce.ts";
import { useAbilities } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { language, t } from "../../language.ts";
import { copyTexts } from "./copy-words.ts";

/** Why copies did not go, and which; they wait as before. */
export type NotSent = {
  readonly because: "cancelled" | "blocked" | "no_mail";
  readonly caseIds: readonly CaseId[];
};

/** Sends copies out and remembers which did not go; each way out is recorded only when it was taken. */
export const useOutbox = () => {
  const { deliver } = useAbilities();
  const format = useFormat();
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const notSent = useSignal<NotSent | undefined>(undefined);
  const attempt = async (
    caseIds: readonly CaseId[],
    deps: Deps,
  ): ReturnType<typeof sendMerchantCopies> =>
    sendMerchantCopies(deps, deliver, { caseIds, texts: copyTexts(format) });
  const share = async (caseIds: readonly CaseId[]): Promise<boolean> => {
    notSent.value = undefined;
    let sent = false;
    await run(async (): Promise<KnownFault | undefined> => {
      const done = await entitled.run((deps) => attempt(caseIds, deps));
      if (!done.ok) {
        if (done.fault.kind !== "mail_missing") return done.fault;
        notSent.value = { because: "no_mail", caseIds };
        return undefined;
      }
      sent = done.value.kind === "sent";
      if (done.value.kind === "sent") announce(t(`todo.outbox.out.${done.value.out}`));
      else notSent.value = { because: done.value.because, caseIds };
      return undefined;
    });
    return sent;
  };
  const mailed = (caseId: CaseId): Promise<boolean> =>
    run(async () => {
      const way = { via: "email", language: language.peek() } as const;
      const saved = await entitled.run((deps) => recordCopiesSent(deps, [caseId], way));
      if (!saved.ok) return saved.fault;
      announce(t("todo.outbox.out.mailed"));
      return undefined;
    });
  return { share, mailed, busy, fault, notSent, asking: entitled.sheet };
};

export type OutboxActions = ReturnType<typeof useOutbox>;
