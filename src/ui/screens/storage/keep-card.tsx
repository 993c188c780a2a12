import { useSignal } from "@preact/signals";

import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/key-values.tsx";
import { useAbilities } from "../../deps.tsx";
import { t } from "../../language.ts";
import { usePersisted } from "./use-persisted.ts";

/** Asks the browser to keep the data; shows its true answer, and nothing at all where it does not tell. */
export const KeepCard = () => {
  const { askToKeepData } = useAbilities();
  const persisted = usePersisted();
  const asked = useSignal(false);
  const ask = async (): Promise<void> => {
    persisted.value = await askToKeepData();
    asked.value = true;
    announce(t(persisted.value ? "keep.kept" : "keep.refused"));
  };
  if (persisted.value === undefined) return undefined;
  if (persisted.value) return asked.value ? <Card>{t("keep.kept")}</Card> : undefined;
  return (
    <Card>
      <div class="u-tight">
        <h3>{t("keep.title")}</h3>
        <p class="u-small">{t(asked.value ? "keep.refused" : "keep.why")}</p>
        {!asked.value && (
          <Button icon="hard-drive" onClick={() => void ask()}>
            {t("keep.ask")}
          </Button>
        )}
      </div>
    </Card>
  );
};
