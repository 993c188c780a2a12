import type { FileLook } from "../../../domain/batches/read-back.ts";
import { lookAtBatch, type BatchOptions } from "../../../usecases/choose-batch.ts";
import { Fold } from "../../components/fold.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";

/** Lines of a file as they stand in it: a table for a sheet, text for everything else. */
export const FileLines = ({ look }: { readonly look: FileLook }) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- wide files scroll with the keyboard too
  <section class="export-look" aria-label={t("export.look")} tabIndex={0}>
    {look.kind === "text" ? (
      <pre>{look.text}</pre>
    ) : (
      <table>
        <tbody>
          {look.lines.map((cells, y) => (
            <tr key={y}>
              {cells.map((cell, x) => (
                <td key={x}>
                  <bdi>{cell}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);

/** The first three rows of the file that would leave, in the look of its target. */
export const FileLookFold = (wanted: {
  readonly target: string;
  readonly options: BatchOptions;
}) => {
  const deps = useDeps();
  const live = useLive(
    () => wanted,
    ({ target, options }) => lookAtBatch(deps, target, options),
  );
  const look = readyValue(live.value);
  return look === undefined ? undefined : (
    <Fold title={t("export.look")}>
      <FileLines look={look} />
    </Fold>
  );
};
