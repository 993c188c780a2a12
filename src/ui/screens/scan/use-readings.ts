import { useSignal, type Signal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { given } from "../../../domain/given.ts";
import { businessDate, instantFromMs } from "../../../domain/instant.ts";
import type { SeenCodes } from "../../../usecases/abilities.ts";
import { findPayment } from "../../../usecases/find-payment.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { announce } from "../../components/announce.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { findOwnCase } from "./own-case.ts";
import { readCode, readOrder, type Books, type Go, type Reading } from "./read-code.ts";
import { readCodes } from "./read-codes.ts";

/** What a screen has to ask before a code leads anywhere. */
export type Question =
  | Extract<Reading, { kind: "ask" }>
  | (Extract<Answer, { kind: "choose" }> & Pick<SeenCodes, "picture">);

export type SaidReading = Extract<Reading, { kind: "said" }>;

/** Everything a screen does with codes, whichever way they came in. */
export type Readings = {
  readonly said: Signal<SaidReading | undefined>;
  readonly question: Signal<Question | undefined>;
  /** Codes that a camera or a picture showed together. */
  readonly takeSeen: (seen: SeenCodes) => Promise<void>;
  /** The code of a gun. */
  readonly take: (text: string) => Promise<void>;
  /** A number that a person typed. */
  readonly takeTyped: (text: string) => Promise<void>;
  readonly answerOrder: (number: string) => Promise<void>;
  readonly answerPaymentCode: () => void;
  readonly answer: (chosen: Reading) => void;
  readonly closeQuestion: () => void;
};

const booksOf = (deps: Deps): Books => ({
  today: businessDate(instantFromMs(deps.now()), deps.calendar),
  find: (number) => findPayment(deps, number),
  ownCase: (slip) => findOwnCase(deps, slip),
});

type Answer = Awaited<ReturnType<typeof readCodes>>;

/** Names an answer without holding a code. */
const nameOf = (answer: Answer): string => {
  if (answer.kind === "go") return answer.to;
  return answer.kind === "said" ? `said:${answer.what}` : answer.kind;
};

const sameCodeMs = 3_000;

/** Whether this was answered within the last three seconds: a camera sees the same code again and again. */
const useRepeats = (): ((name: string, at: number) => boolean) => {
  const last = useRef({ name: "", at: -Infinity });
  return (name, at) => {
    const repeated = last.current.name === name && at - last.current.at < sameCodeMs;
    last.current = { name, at };
    return repeated;
  };
};

/** Reads codes and opens what they lead to; what leads nowhere is said, what is unclear is asked. */
export const useReadings = (open: (go: Go) => void): Readings => {
  const deps = useDeps();
  const { signal } = useAbilities();
  const said = useSignal<SaidReading | undefined>(undefined);
  const question = useSignal<Question | undefined>(undefined);
  const reading = useRef(false);
  const isRepeated = useRepeats();
  const openOnce = (go: Go): void => {
    if (go.href === location.hash) announce(t("refund.already_open"));
    else open(go);
  };
  const tell = (answer: Answer, picture?: SeenCodes["picture"]): void => {
    const repeated = isRepeated(nameOf(answer), deps.now());
    if (repeated && answer.kind !== "go") return;
    said.value = answer.kind === "said" ? answer : undefined;
    if (!repeated) signal(answer.kind === "said" ? "refused" : "found");
    if (answer.kind === "go") openOnce(answer);
    else if (answer.kind !== "said") question.value = { ...answer, ...given("picture", picture) };
  };
  const run = async (
    read: () => Promise<Answer>,
    picture?: SeenCodes["picture"],
  ): Promise<void> => {
    if (reading.current) return;
    reading.current = true;
    try {
      tell(await read(), picture);
    } finally {
      reading.current = false;
    }
  };
  const closeQuestion = (): void => {
    question.value = undefined;
  };
  return {
    said,
    question,
    takeSeen: async ({ codes, picture }) => {
      if (question.peek() === undefined) await run(() => readCodes(codes, booksOf(deps)), picture);
    },
    take: async (text) => {
      if (question.peek() === undefined) await run(() => readCode(text, booksOf(deps)));
    },
    takeTyped: (text) => run(() => readCode(text, booksOf(deps), true)),
    answerOrder: async (number) => {
      closeQuestion();
      await run(() => readOrder(number, booksOf(deps)));
    },
    answerPaymentCode: () => {
      closeQuestion();
      said.value = { kind: "said", what: "payment_code" };
    },
    answer: (chosen) => {
      closeQuestion();
      tell(chosen);
    },
    closeQuestion,
  };
};
