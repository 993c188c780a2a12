import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { listTasks, type TodoList } from "../../../usecases/list-tasks.ts";
import { useDeps } from "../../deps.tsx";
import { useLive, type Live } from "../../live.ts";
import { useShell } from "../../shell-context.tsx";

const minuteMs = 60_000;

/** What needs a person, kept in step with the journal and, to the minute, with the clock. */
export const useTodo = (): Live<TodoList> => {
  const deps = useDeps();
  const { now } = useShell();
  const moment = useSignal(now());
  useLayoutEffect(() => {
    const timer = setInterval(() => {
      moment.value = now();
    }, minuteMs);
    return () => clearInterval(timer);
  }, [now]);
  return useLive(
    () => moment.value,
    (at) => listTasks(deps, at),
  ).value;
};
