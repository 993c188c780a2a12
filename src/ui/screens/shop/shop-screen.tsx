import { useRef } from "preact/hooks";

import { useMaybeDeps } from "../../deps.tsx";
import { FirstRun } from "../welcome/first-run.tsx";
import { SettingForm } from "./setting-form.tsx";
import { ShopFacts } from "./shop-facts.tsx";

/** P13: the shop as it was opened and what it may change; before there is one, this page opens it until the owner is in. */
export const ShopScreen = () => {
  const deps = useMaybeDeps();
  const firstRun = useRef(deps === undefined);
  if (firstRun.current || deps === undefined) return <FirstRun />;
  return (
    <>
      <ShopFacts deps={deps} />
      <SettingForm deps={deps} />
    </>
  );
};
