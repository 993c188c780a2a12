import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useLayoutEffect } from "preact/hooks";

import { Button } from "../components/button.tsx";
import { Empty } from "../components/empty.tsx";
import { t } from "../language.ts";

/**
 * A screen whose code comes with its first visit, out of the precache, so that the first load stays small.
 * When it cannot come (an update changed the files under an open window) a reload is offered.
 */
export const later = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> => {
  const loaded = signal<ComponentType<Props> | undefined>(undefined);
  const failed = signal(false);
  const begin = (): void => {
    load().then(
      (component) => void (loaded.value = component),
      () => void (failed.value = true),
    );
  };
  return (props: Props) => {
    useLayoutEffect(() => {
      if (loaded.peek() === undefined) begin();
    }, []);
    const Show = loaded.value;
    if (Show !== undefined) return <Show {...props} />;
    return failed.value ? (
      <Empty icon="triangle-alert" text={t("screen.not_loaded")}>
        <Button onClick={() => location.reload()}>{t("action.reload")}</Button>
      </Empty>
    ) : undefined;
  };
};
