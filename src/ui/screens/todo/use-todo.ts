import { listTasks, type TodoList } from "../../../usecases/list-tasks.ts";
import { useDeps } from "../../deps.tsx";
import { useLive, type Live } from "../../live.ts";
import { useMinute } from "../../minute.ts";

/** What needs a person, kept in step with the journal and, to the minute, with the clock. */
export const useTodo = (): Live<TodoList> => {
  const deps = useDeps();
  const moment = useMinute();
  return useLive(
    () => moment.value,
    (at) => listTasks(deps, at),
  ).value;
};
