import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";

/** The size of a file in whole megabytes, one at least. */
export const useSizeText = (): ((bytes: number) => string) => {
  const format = useFormat();
  return (bytes) =>
    t("storage.megabytes", { size: format.number(Math.max(1, Math.round(bytes / 1_000_000))) });
};
