import type { ShopEntry } from "../../../usecases/open-shop.ts";
import { describeDevice } from "../../../usecases/describe-device.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useMaybeDeps, useStart } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { KeepCard } from "../storage/keep-card.tsx";

const useRootFingerprint = (): string | undefined => {
  const deps = useMaybeDeps();
  const live = useLive(
    () => deps,
    async (open) => (open === undefined ? undefined : describeDevice(open)),
  );
  return readyValue(live.value)?.rootFingerprint;
};

type SheetParts = {
  readonly shopName: string;
  readonly groups: readonly string[];
  readonly fingerprint: string | undefined;
};

/** What is printed on A4 and never shown on screen: the code, what it is for, how to tell the shop's key. */
const Sheet = ({ shopName, groups, fingerprint }: SheetParts) => (
  <section class="sheet-paper" data-paper aria-hidden="true">
    <h2>{t("code.sheet_title")}</h2>
    <p>
      {t("code.sheet_shop")} <bdi>{shopName}</bdi>
    </p>
    <p class="sheet-code">{groups.join("-")}</p>
    <p>{t("code.for")}</p>
    <p>{t("code.sheet_for")}</p>
    {fingerprint !== undefined && (
      <div>
        <p>{t("code.fingerprint")}</p>
        <p class="u-mono">{fingerprint}</p>
        <p>{t("code.sheet_fingerprint")}</p>
      </div>
    )}
  </section>
);

const Ways = ({ code }: { readonly code: string }) => {
  const { copyText, print } = useAbilities();
  const copy = async (): Promise<void> =>
    announce(t((await copyText(code)) ? "action.copied" : "action.copy_refused"));
  return (
    <div class="u-grid-2">
      <Button kind="tall" icon="copy" onClick={() => void copy()}>
        {t("action.copy")}
      </Button>
      <Button kind="tall" icon="printer" onClick={() => print("a4")}>
        {t("action.print")}
      </Button>
    </div>
  );
};

/** The code that resets a forgotten PIN: shown once, in groups, with what it is for. */
export const RecoveryCode = ({
  code,
  shop,
}: {
  readonly code: string;
  readonly shop: ShopEntry["shop"];
}) => {
  const { enter } = useStart();
  const groups = code.split("-");
  const fingerprint = useRootFingerprint();
  return (
    <div class="screen first-form">
      <PageHeader title={t("code.title")} />
      <Card>
        <p class="code-groups">
          {groups.map((group, index) => (
            <span key={index}>{group}</span>
          ))}
        </p>
      </Card>
      <Ways code={code} />
      <Banner tone="warn" icon="triangle-alert" title={t("code.once")}>
        <p>{t("code.for")}</p>
        <p>{t("code.lost")}</p>
      </Banner>
      <KeepCard />
      <Sheet shopName={shop.name} groups={groups} fingerprint={fingerprint} />
      <BottomBar>
        <Button kind="primary" onClick={enter}>
          {t("code.written")}
        </Button>
      </BottomBar>
    </div>
  );
};
