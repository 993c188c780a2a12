import { Fold } from "../../components/fold.tsx";
import { t } from "../../language.ts";

/** Where the platforms keep the statements. */
export const DownloadHelp = () => (
  <Fold title={t("recon.help.title")}>
    <p>{t("recon.help.wechat")}</p>
    <p>{t("recon.help.alipay")}</p>
    <p class="u-strong">{t("recon.help.keep")}</p>
    <p class="u-small">{t("recon.help.moved")}</p>
  </Fold>
);
