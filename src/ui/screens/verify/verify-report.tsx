import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { FileReport } from "../../../usecases/verify-file.ts";
import { announce } from "../../components/announce.ts";
import { Tag } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { ForeignText } from "../../components/foreign-text.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { useAbilities } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { FindingsList } from "./findings-list.tsx";
import { RecordsList } from "./records-list.tsx";
import { factsOf, keysOf, reportText } from "./report-facts.ts";
import { sayVerdict } from "./verdict.ts";

type Reported = { readonly name: string; readonly report: FileReport };

const Verdict = ({ report }: Pick<Reported, "report">) => {
  const { tone, icon, title, why } = sayVerdict(report);
  useLayoutEffect(() => announce(title), [report]);
  return (
    <Banner tone={tone} icon={icon} title={title}>
      {why.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  );
};

const Facts = ({ name, report }: Reported) => {
  const format = useFormat();
  return (
    <section class="u-tight">
      <h2>{t("verify.facts")}</h2>
      <Card>
        <KeyValues
          pairs={[
            [t("verify.fact.file"), <ForeignText key="name">{name}</ForeignText>],
            ...factsOf(report, format).map(
              ([key, value]) => [key, <bdi key={key}>{visibleText(value).text}</bdi>] as const,
            ),
          ]}
        />
      </Card>
    </section>
  );
};

/** Whose key signed; known only if it is this shop's. */
const Keys = ({ report }: Pick<Reported, "report">) => {
  const { signer } = report;
  return (
    <Card>
      <div class="u-tight">
        {signer.kind === "none" ? (
          <p>{t("verify.key.none")}</p>
        ) : (
          <p>
            <Tag
              icon={signer.kind === "pinned" ? "shield-check" : "circle-question-mark"}
              tone={signer.kind === "pinned" ? "neutral" : "warn"}
            >
              {t(signer.kind === "pinned" ? "verify.key.ours" : "verify.key.unknown")}
            </Tag>
          </p>
        )}
        <dl class="verify-keys">
          {keysOf(report).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="u-mono">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Card>
  );
};

const CopyReport = ({ name, report }: Reported) => {
  const format = useFormat();
  const { copyText } = useAbilities();
  const said = useSignal("");
  const copy = async (): Promise<void> => {
    const copied = await copyText(reportText(name, report, format));
    said.value = t(copied ? "action.copied" : "action.copy_refused");
    announce(said.value);
  };
  return (
    <Button icon="copy" onClick={() => void copy()}>
      {said.value === "" ? t("verify.report") : said.value}
    </Button>
  );
};

/** The verdict with all it rests on. */
export const VerifyReport = ({ name, report }: Reported) => (
  <>
    <Verdict report={report} />
    <FindingsList report={report} />
    <Facts name={name} report={report} />
    <Keys report={report} />
    <RecordsList records={report.records} />
    <CopyReport name={name} report={report} />
  </>
);
