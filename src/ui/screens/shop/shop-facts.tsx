import { describeDevice } from "../../../usecases/describe-device.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { language, t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { currencyName, zoneName } from "../welcome/shop-choices.ts";
import { Fingerprint } from "./fingerprint.tsx";

/** The shop, this device and the two fingerprints people compare; signed once, so nothing is edited here. */
export const ShopFacts = ({ deps }: { readonly deps: Deps }) => {
  const tag = language.value;
  const report = readyValue(
    useLive(
      () => deps,
      (open) => describeDevice(open),
    ).value,
  );
  return (
    <>
      <PageHeader title={t("shop.title")} back={linkTo("more")} />
      {report !== undefined && (
        <>
          <Card>
            <KeyValues
              pairs={[
                [t("shop.name"), <bdi key="name">{report.shop.name}</bdi>],
                [t("shop.currency"), currencyName(report.shop.currency, tag)],
                [t("shop.zone"), zoneName(report.shop.zone, tag)],
                [t("shop.device"), report.label],
                [t("shop.prefix"), <code key="prefix">{report.prefix}</code>],
              ]}
            />
          </Card>
          <div class="u-tight">
            <Fingerprint label={t("shop.fingerprint")} fingerprint={report.fingerprint} />
            {report.rootFingerprint !== undefined && (
              <Fingerprint label={t("shop.root")} fingerprint={report.rootFingerprint} />
            )}
            <p class="u-small">{t("shop.fingerprint_note")}</p>
          </div>
          <p class="u-small">{t("shop.fixed")}</p>
        </>
      )}
    </>
  );
};
