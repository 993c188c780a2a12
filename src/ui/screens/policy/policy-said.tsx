import { dateIn } from "../../../domain/instant.ts";
import type { Translate } from "../../../i18n/index.ts";
import type { PolicyInForce } from "../../../usecases/read-policy.ts";
import { QrPanel } from "../../components/qr-panel.tsx";
import { t } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { policyLines } from "./policy-lines.ts";

/** Which version it is, and since when, in a language that need not be the one on screen. */
export const useVersion = ({ version, since }: PolicyInForce): ((say: Translate) => string) => {
  const { calendar } = useShell().shop;
  return (say) =>
    since === undefined
      ? say("policy.version_n", { n: version })
      : say("policy.public.version", { n: version, date: dateIn(since, calendar) });
};

/** The same as plain text, which the camera of any phone shows without a network. */
export const policyCode = (
  shop: string,
  lines: readonly string[],
  { title, version }: { readonly title: string; readonly version: string },
): string => [shop, title, ...lines, version].join("\n");

const OneLanguage = ({
  language,
  say,
  current,
}: {
  readonly language: "zh" | "en";
  readonly say: Translate;
  readonly current: PolicyInForce;
}) => {
  const versionIn = useVersion(current);
  return (
    <section class="policy-say" lang={language === "zh" ? "zh-CN" : "en"}>
      <h2>{say("policy.title")}</h2>
      {policyLines(current.policy, language, say).map((line, index) => (
        <p key={index}>
          <bdi dir="auto">{line}</bdi>
        </p>
      ))}
      <p class="u-small">{versionIn(say)}</p>
    </section>
  );
};

const Code = ({ say, current }: { readonly say: Translate; readonly current: PolicyInForce }) => {
  const { shop } = useShell();
  const versionIn = useVersion(current);
  const words = { title: say("policy.title"), version: versionIn(say) };
  const text = policyCode(shop.name, policyLines(current.policy, "zh", say), words);
  return <QrPanel text={text} what={t("policy.title")} caption={t("policy.public.code")} />;
};

/** A policy as customers read it: both languages, its version, and a code that says the same on their own phone. */
export const PolicySaid = ({ current }: { readonly current: PolicyInForce }) => {
  const [zh, en] = [useWords("zh-CN"), useWords("en")];
  if (zh === undefined || en === undefined) return undefined;
  return (
    <>
      <OneLanguage language="zh" say={zh} current={current} />
      <OneLanguage language="en" say={en} current={current} />
      <Code say={zh} current={current} />
    </>
  );
};
