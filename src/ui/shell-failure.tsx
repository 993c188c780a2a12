import type { ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";

import { Button } from "./components/button.tsx";
import { Empty } from "./components/empty.tsx";
import { useAbilities } from "./deps.tsx";
import { t } from "./language.ts";

const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error);

/** Catches what only a bug can throw: one plain panel instead of an empty page. */
export const ShellFailure = ({ children }: { readonly children: ComponentChildren }) => {
  const [error, retry] = useErrorBoundary();
  const { copyText } = useAbilities();
  if (error === undefined) return children;
  return (
    <Empty icon="triangle-alert" text={t("app.failed")}>
      <Button icon="refresh-cw" onClick={retry}>
        {t("action.retry")}
      </Button>
      <Button kind="text" icon="copy" onClick={() => void copyText(textOf(error))}>
        {t("action.copy_diagnosis")}
      </Button>
    </Empty>
  );
};
