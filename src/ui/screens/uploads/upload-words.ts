import { instantFromMs } from "../../../domain/instant.ts";
import type { UploadEntry, UploadState } from "../../../domain/upload.ts";
import type { UploadProblem } from "../../../domain/upload-answer.ts";
import type { Tone } from "../../components/badge.tsx";
import type { IconName } from "../../components/icon-names.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";

/** What a try met, and what to do. */
export const problemText = (problem: UploadProblem): string =>
  "status" in problem
    ? t(`uploads.problem.${problem.kind}`, { status: problem.status })
    : t(`uploads.problem.${problem.kind}`);

const looks: Readonly<Record<UploadState["state"], readonly [IconName, Tone]>> = {
  waiting: ["clock", "neutral"],
  sending: ["loader", "info"],
  stopped: ["circle-alert", "warn"],
  sent: ["check", "info"],
};

/** The look of a state; sent is no arrival of money and never has its colour. */
export const lookOf = ({ state }: UploadEntry): readonly [IconName, Tone] => looks[state.state];

/** The state in a word. */
export const stateText = (
  { state }: UploadEntry,
  { online, format }: { readonly online: boolean; readonly format: Format },
): string => {
  if (state.state !== "waiting") return t(`uploads.state.${state.state}`);
  if (!online) return t("uploads.state.offline");
  return state.notBefore === 0
    ? t("uploads.state.waiting")
    : t("uploads.state.later", { time: format.time(instantFromMs(state.notBefore)) });
};

/** What is wrong with it now; undefined while nothing is. */
export const problemOf = ({ state }: UploadEntry): UploadProblem | undefined =>
  "problem" in state ? state.problem : undefined;
