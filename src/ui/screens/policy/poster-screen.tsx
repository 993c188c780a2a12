import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { Translate } from "../../../i18n/index.ts";
import { describeDevice } from "../../../usecases/describe-device.ts";
import { readPolicy, type PolicyInForce } from "../../../usecases/read-policy.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { qrPath } from "../../components/qr-path.ts";
import { Segments } from "../../components/segments.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { policyCode, useVersion } from "./policy-said.tsx";
import { policyLines } from "./policy-lines.ts";

const sheets = ["a4", "a6"] as const;

type Sheet = (typeof sheets)[number];

type Content = {
  readonly shop: string;
  readonly current: PolicyInForce;
  readonly zh: Translate;
  readonly en: Translate;
  /** Where customers and verifiers compare the shop's key. */
  readonly fingerprint: string | undefined;
};

/** The rules as plain text: any phone's camera shows them, without a network. */
const Code = ({ text }: { readonly text: string }) => {
  const code = qrPath(text);
  if (code === undefined) return undefined;
  return (
    <figure class="poster-code">
      <span class="u-hidden">{t("qr.label", { what: t("policy.title") })}</span>
      <svg aria-hidden="true" viewBox={`0 0 ${code.size} ${code.size}`}>
        <path d={code.d} />
      </svg>
    </figure>
  );
};

const Poster = ({ content, sheet }: { readonly content: Content; readonly sheet: Sheet }) => {
  const { shop, current, zh, en, fingerprint } = content;
  const versionIn = useVersion(current);
  const chinese = policyLines(current.policy, "zh", zh);
  const english = policyLines(current.policy, "en", en);
  const words = { title: zh("policy.title"), version: versionIn(zh) };
  const code = policyCode(shop, chinese, words);
  return (
    <article class={`poster poster-${sheet} on-paper`} data-paper lang="zh-CN">
      <h2 class="poster-shop">
        <bdi>{visibleText(shop).text}</bdi>
      </h2>
      <p class="poster-title">
        {zh("policy.title")} <span lang="en">{en("policy.title")}</span>
      </p>
      <ol class="poster-rules">
        {chinese.map((line, index) => (
          <li key={index}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ol>
      <ol class="poster-rules poster-english" lang="en">
        {english.map((line, index) => (
          <li key={index}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ol>
      <div class="poster-foot">
        <div>
          <p>{versionIn(zh)}</p>
          <p lang="en">{versionIn(en)}</p>
          {fingerprint !== undefined && (
            <p>
              {zh("policy.poster.root")} <span class="u-mono">{fingerprint}</span>
            </p>
          )}
        </div>
        <Code text={code} />
      </div>
    </article>
  );
};

/** P1a: the policy in force to hang out, in both languages, on A4 or A6 (R31). */
export const PosterScreen = () => {
  const deps = useDeps();
  const { print } = useAbilities();
  const { shop } = useShell();
  const sheet = useSignal<Sheet>("a4");
  const [zh, en] = [useWords("zh-CN"), useWords("en")];
  const read = useLive(
    () => deps,
    async (open) => ({
      current: await readPolicy(open),
      fingerprint: (await describeDevice(open)).rootFingerprint,
    }),
  );
  const known = readyValue(read.value);
  const ready = known !== undefined && zh !== undefined && en !== undefined;
  return (
    <>
      <PageHeader title={t("policy.poster")} back={linkTo("policy")} />
      <Segments
        label={t("policy.poster.size")}
        name="poster-size"
        choices={sheets.map((value) => ({ value, label: t(`policy.poster.${value}`) }))}
        value={sheet.value}
        onPick={(picked) => (sheet.value = picked)}
      />
      {ready && (
        <div class="receipt-desk">
          <Poster content={{ shop: shop.name, zh, en, ...known }} sheet={sheet.value} />
        </div>
      )}
      <BottomBar>
        <Button kind="primary" icon="printer" onClick={() => print(sheet.peek())}>
          {t("policy.poster.print")}
        </Button>
      </BottomBar>
    </>
  );
};
