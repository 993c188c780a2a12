import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { checkSlip, keepSlipProof, type SlipCheck } from "../../../usecases/check-slip.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { knownKeys, revokedKeys } from "../../../usecases/known-keys.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useMaybeDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { Claims, SlipAmount, SlipFactsCard } from "./slip-facts.tsx";
import { Standing } from "./standing.tsx";

/** By this device's key and those of the shop; what speaks against the journal is kept. */
const checkHere = async (deps: Deps | undefined, text: string): Promise<SlipCheck> => {
  if (deps === undefined) return checkSlip(undefined, text);
  const keys = await knownKeys(deps);
  const revoked = await revokedKeys(deps.journal.db, keys);
  const check = await checkSlip(deps, text, { keys, revoked });
  if (check.kind === "good") await keepSlipProof(deps, check.slip, text);
  return check;
};

/** The check of a text; undefined while it runs. A text that changed meanwhile wins. */
const useCheck = (text: string): ReadonlySignal<SlipCheck | undefined> => {
  const deps = useMaybeDeps();
  const check = useSignal<SlipCheck | undefined>(undefined);
  useLayoutEffect(() => {
    let open = true;
    check.value = undefined;
    void checkHere(deps, text).then((said) => {
      if (open) check.value = said;
    });
    return () => {
      open = false;
    };
  }, [text, deps]);
  return check;
};

const looks = {
  good: { tone: "arrived", icon: "shield-check" },
  good_other: { tone: "arrived", icon: "shield-check" },
  altered: { tone: "danger", icon: "triangle-alert" },
  unknown_device: { tone: "warn", icon: "circle-question-mark" },
  unreadable: { tone: "danger", icon: "circle-alert" },
  not_a_refund: { tone: "neutral", icon: "info" },
} as const;

const moreOf = (check: SlipCheck, shop: string): string => {
  if (check.kind === "good")
    return shop === "" ? t("verify.slip.good_here") : t("verify.slip.good_more", { shop });
  if (check.kind === "good_other")
    return t("verify.slip.good_other_more", { label: check.till.label ?? "" });
  return check.kind === "unknown_device"
    ? t("verify.slip.unknown_more")
    : t(`verify.slip.${check.kind}_more`);
};

const Verdict = ({ check }: { readonly check: SlipCheck }) => {
  const { shop } = useShell();
  const title = t(`verify.slip.${check.kind}`);
  useLayoutEffect(() => announce(title), [title]);
  return (
    <Banner {...looks[check.kind]} title={title}>
      {moreOf(check, shop.name)}
    </Banner>
  );
};

const NoProof = () => (
  <div class="slip-note">
    <p class="u-strong">{t("verify.slip.not_arrival")}</p>
    <p class="u-small">{t("verify.slip.not_arrival_more")}</p>
  </div>
);

const Checked = ({ check }: { readonly check: SlipCheck }) => {
  switch (check.kind) {
    case "good":
    case "good_other":
      return (
        <>
          <SlipAmount slip={check.slip} />
          <Verdict check={check} />
          <Standing slip={check.slip} till={check.kind === "good_other" ? check.till : undefined} />
          <SlipFactsCard slip={check.slip} ours />
          <NoProof />
        </>
      );
    case "unknown_device":
      return (
        <>
          <SlipAmount slip={check.slip} />
          <Verdict check={check} />
          <SlipFactsCard slip={check.slip} ours={false} />
          <NoProof />
        </>
      );
    case "altered":
      return (
        <>
          <Verdict check={check} />
          {check.slip !== undefined && <Claims slip={check.slip} />}
        </>
      );
    case "unreadable":
    case "not_a_refund":
      return <Verdict check={check} />;
  }
};

/** V1: what a refund slip says, and whether this device can vouch for it; open to customers and while locked. */
export const SlipScreen = ({ route }: { readonly route: RouteOf<"slip"> }) => {
  const check = useCheck(route.args.jwt).value;
  const { staff } = useShell();
  return (
    <>
      <PageHeader
        title={t("verify.slip.title")}
        back={staff === undefined ? undefined : linkTo("scan")}
      />
      {check === undefined ? (
        <p class="u-small">{t("verify.slip.checking")}</p>
      ) : (
        <Checked check={check} />
      )}
      {staff !== undefined && (
        <BottomBar>
          <ButtonLink kind="primary" icon="scan-line" href={linkTo("scan")}>
            {t("verify.slip.scan")}
          </ButtonLink>
        </BottomBar>
      )}
    </>
  );
};
