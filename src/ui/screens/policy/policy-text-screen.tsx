import { useLayoutEffect, useRef } from "preact/hooks";

import { readPolicy } from "../../../usecases/read-policy.ts";
import { Button } from "../../components/button.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { arrival, goBack } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { PolicySaid } from "./policy-said.tsx";

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
  const current = readyValue(
    useLive(
      () => deps,
      (open) => readPolicy(open),
    ).value,
  );
  return (
    <div class="policy-text">
      <ShopName />
      {current !== undefined && <PolicySaid current={current} />}
      <Button kind="secondary" onClick={() => goBack(linkTo("policy"))}>
        {t("action.close")}
      </Button>
    </div>
  );
};
