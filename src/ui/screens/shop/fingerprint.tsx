import { announce } from "../../components/announce.ts";
import { IconButton } from "../../components/button.tsx";
import { Card } from "../../components/key-values.tsx";
import { useAbilities } from "../../deps.tsx";
import { t } from "../../language.ts";

const pairsOf = (groups: readonly string[]): readonly string[] =>
  groups.flatMap((group, index) =>
    index % 2 === 0 ? [`${group} ${groups[index + 1] ?? ""}`] : [],
  );

/** Eight groups in two lines of four, so that two people can compare them aloud. */
export const Fingerprint = ({
  label,
  fingerprint,
}: {
  readonly label: string;
  readonly fingerprint: string;
}) => {
  const { copyText } = useAbilities();
  const copy = async (): Promise<void> =>
    announce(t((await copyText(fingerprint)) ? "action.copied" : "action.copy_refused"));
  return (
    <Card>
      <div class="print-head">
        <h3>{label}</h3>
        <IconButton
          icon="copy"
          label={`${t("action.copy")} ${label}`}
          onClick={() => void copy()}
        />
      </div>
      <p class="print-groups">
        {pairsOf(fingerprint.split(" ")).map((pair) => (
          <code key={pair}>{pair} </code>
        ))}
      </p>
    </Card>
  );
};
