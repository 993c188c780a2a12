import { useSignal } from "@preact/signals";

import type { StatementSummary } from "../../../domain/statements/statement-row.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { problemFile } from "./problem-file.ts";

const listed = 20;

/** The lines that were not read as rows, and a file of them for whoever made the statement. */
export const ProblemLines = ({ summary }: { readonly summary: StatementSummary }) => {
  const deps = useDeps();
  const { save } = useAbilities();
  const format = useFormat();
  const said = useSignal("");
  const { problems, problemCount } = summary;
  if (problemCount === 0) return undefined;
  const keep = async (): Promise<void> => {
    const file = problemFile(deps, problems, {
      line: t("recon.import.column_line"),
      reason: t("recon.import.column_reason"),
      reasons: (reason) => t(`recon.problem.${reason}`),
    });
    const delivery = await save(file);
    if (delivery === "cancelled") return;
    const good = delivery !== "blocked";
    said.value = t(good ? "recon.import.problem_saved" : "recon.import.problem_not_saved");
    announce(said.value);
  };
  return (
    <Fold title={t("recon.import.problem_lines", { n: format.number(problemCount) })}>
      <ul class="import-lines">
        {problems.slice(0, listed).map(({ line, reason }) => (
          <li key={line}>
            {t("recon.import.problem_line", { line: format.number(line) })}
            {t("word.separator")}
            {t(`recon.problem.${reason}`)}
          </li>
        ))}
      </ul>
      {problemCount > listed && (
        <p class="u-small">
          {problemCount > problems.length
            ? t("recon.import.problem_capped", { shown: format.number(problems.length) })
            : t("recon.import.problem_more", { shown: listed })}
        </p>
      )}
      <Button icon="download" onClick={() => void keep()}>
        {t("recon.import.problem_save")}
      </Button>
      {said.value !== "" && <p class="u-small">{said.value}</p>}
    </Fold>
  );
};
