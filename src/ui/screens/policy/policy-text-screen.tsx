import { useLayoutEffect, useRef } from "preact/hooks";

import { dateOf, wallClock } from "../../../domain/instant.ts";
import type { Translate } from "../../../i18n/index.ts";
import { readPolicy, type PolicyInForce } from "../../../usecases/read-policy.ts";
import { Button } from "../../components/button.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { arrival, goBack } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { policyLines } from "./policy-lines.ts";

const OneLanguage = ({
  language,
  say,
  current: { policy, version, since },
}: {
  readonly language: "zh" | "en";
  readonly say: Translate;
  readonly current: PolicyInForce;
}) => {
  const { zone } = useShell().shop.calendar;
  const date = since === undefined ? "" : dateOf(wallClock(since, zone));
  return (
    <section class="policy-say" lang={language === "zh" ? "zh-CN" : "en"}>
      <h2>{say("policy.title")}</h2>
      {policyLines(policy, language, say).map((line, index) => (
        <p key={index}>
          <bdi dir="auto">{line}</bdi>
        </p>
      ))}
      <p class="u-small">
        {since === undefined
          ? say("policy.version_n", { n: version })
          : say("policy.public.version", { n: version, date })}
      </p>
    </section>
  );
};

const ShopName = () => {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = t("app.title", { title: t("policy.title") });
    if (arrival.peek() !== "start") heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 class="policy-shop" tabIndex={-1} ref={heading}>
      {useShell().shop.name}
    </h1>
  );
};

/** P1b: the policy in force for customers' eyes, in both languages, with its version (R21); one way out. */
export const PolicyTextScreen = () => {
  const deps = useDeps();
  const chinese = useWords("zh-CN");
  const english = useWords("en");
  const current = readyValue(
    useLive(
      () => deps,
      (open) => readPolicy(open),
    ).value,
  );
  return (
    <div class="policy-text">
      <ShopName />
      {current !== undefined && (
        <>
          {chinese !== undefined && <OneLanguage language="zh" say={chinese} current={current} />}
          {english !== undefined && <OneLanguage language="en" say={english} current={current} />}
        </>
      )}
      <Button kind="secondary" onClick={() => goBack(linkTo("policy"))}>
        {t("action.close")}
      </Button>
    </div>
  );
};
