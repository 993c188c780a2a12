import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { ShopEntry } from "../../../usecases/open-shop.ts";
import { useAbilities } from "../../deps.tsx";
import { replaceWith } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { FirstRunForm } from "./first-run-form.tsx";
import { RecoveryCode } from "./recovery-code.tsx";

type Opened = { readonly code: string; readonly shop: ShopEntry["shop"] };

/** The form, then the code that is shown once; as soon as the owner is in, the scanner. No update comes between. */
export const FirstRun = () => {
  const opened = useSignal<Opened | undefined>(undefined);
  const { markDraftOpen } = useAbilities();
  const { staff } = useShell();
  useLayoutEffect(() => markDraftOpen(), []);
  useLayoutEffect(() => {
    if (staff !== undefined) replaceWith(linkTo("scan"));
  }, [staff]);
  if (opened.value !== undefined) return <RecoveryCode key="code" {...opened.value} />;
  return (
    <FirstRunForm
      key="form"
      onOpened={({ recoveryCode }, { shop }) => {
        opened.value = { code: recoveryCode, shop };
        scrollTo(0, 0);
      }}
    />
  );
};
