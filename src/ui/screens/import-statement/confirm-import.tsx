import { useLayoutEffect } from "preact/hooks";

import type { ReadStatement } from "../../../usecases/import-statement.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { t } from "../../language.ts";
import { StatementSummary } from "./statement-summary.tsx";

/** What was read of a file, before anything of it counts. */
export const ConfirmImport = ({
  read,
  answer,
}: {
  readonly read: ReadStatement;
  readonly answer: (wanted: boolean) => void;
}) => {
  const title = t("recon.confirm.title");
  useLayoutEffect(() => announce(title), [title]);
  return (
    <>
      <Banner tone="info" icon="table" title={title}>
        {t("recon.confirm.text")}
      </Banner>
      <StatementSummary summary={read.summary} counts={read} isAsked />
      <Button onClick={() => answer(false)}>{t("action.cancel")}</Button>
      <BottomBar>
        <Button kind="primary" icon="check" onClick={() => answer(true)}>
          {t("recon.confirm.import")}
        </Button>
      </BottomBar>
    </>
  );
};
