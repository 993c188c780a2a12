import { Icon } from "../../components/icon.tsx";
import { t } from "../../language.ts";
import { readyValue } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useTodo } from "./use-todo.ts";

/** How much needs a person, as a chip that leads to the list; for the head of the records. */
export const TodoLink = () => {
  const total = readyValue(useTodo())?.total ?? 0;
  return (
    <a class="schip-link" href={linkTo("todo")}>
      <span class={`schip tone-${total > 0 ? "warn" : "neutral"}`}>
        <Icon name="hand" size="small" />
        {total > 0 ? t("todo.link", { n: total }) : t("todo.title")}
      </span>
    </a>
  );
};
