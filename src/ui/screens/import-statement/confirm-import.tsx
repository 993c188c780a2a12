import { useLayoutEffect } from "preact/hooks";

import type { ReadStatement } from "../../../usecases/import-statement.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { t } from "../../language.ts";
import type { Answer } from "./use-import.ts";
import { StatementSummary } from "./statement-summary.tsx";

/** What was read of a file, before anything of it counts. */
export const ConfirmImport = ({
  read,
  answer,
}: {
  readonly read: ReadStatement;
  readonly answer: (answer: Answer) => void;
}) => {
  const { mapped, rows } = read.summary;
  const title = t(rows === 0 && mapped ? "recon.confirm.no_rows" : "recon.confirm.title");
  useLayoutEffect(() => {
    scrollTo(0, 0);
    announce(title);
  }, [title]);
  return (
    <>
      <Banner tone="info" icon="table" title={title}>
        {t(mapped === undefined ? "recon.confirm.text" : "recon.confirm.text_mapped")}
      </Banner>
      <StatementSummary summary={read.summary} counts={read} isAsked />
      {mapped !== undefined && (
        <Button icon="pencil" onClick={() => answer("columns")}>
          {t("recon.map.change")}
        </Button>
      )}
      <Button onClick={() => answer("cancel")}>{t("action.cancel")}</Button>
      {(mapped === undefined || rows > 0) && (
        <BottomBar>
          <Button kind="primary" icon="check" onClick={() => answer("import")}>
            {t("recon.confirm.import")}
          </Button>
        </BottomBar>
      )}
    </>
  );
};
