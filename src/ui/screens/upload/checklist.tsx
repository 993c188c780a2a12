import { exportFormats } from "../../../domain/batches/index.ts";
import { Icon } from "../../components/icon.tsx";
import { t } from "../../language.ts";

const steps = {
  "wechat-batch-txt": ["role", "password", "balance", "where"],
  "refund-list-csv": ["list", "type", "number"],
} as const;

/** What to have ready, in the order it is asked for (upload-files.md §7); unverified facts are marked. */
export const Checklist = ({ format }: { readonly format: string }) => {
  const wechat = format === exportFormats["wechat-batch-txt"].id;
  return (
    <section class="u-tight">
      <h2>{t("export.check.title")}</h2>
      <ol class="upload-steps">
        {wechat
          ? steps["wechat-batch-txt"].map((step) => (
              <li key={step}>{t(`export.check.wechat.${step}`)}</li>
            ))
          : steps["refund-list-csv"].map((step) => (
              <li key={step}>{t(`export.check.list.${step}`)}</li>
            ))}
      </ol>
      {wechat && (
        <p class="upload-unverified">
          <Icon name="info" size="small" />
          <span>{t("export.check.unverified")}</span>
        </p>
      )}
    </section>
  );
};
