import { classNames } from "../components/class-names.ts";
import { t } from "../language.ts";
import { codeOnPaper } from "./slip-layout.ts";
import type { SlipLine, SlipPaper } from "./slip-lines.ts";

const dotsPerMm = 8;

const Code = ({ line, paper }: { line: Extract<SlipLine, { kind: "code" }>; paper: SlipPaper }) => {
  const code = codeOnPaper(line.text, paper);
  const size = code === undefined ? undefined : `${(code.modules * code.dots) / dotsPerMm}mm`;
  return (
    <div class="slip-code">
      <span class="u-hidden">{t("qr.label", { what: line.what })}</span>
      {code !== undefined && (
        <svg
          aria-hidden="true"
          width={size}
          height={size}
          viewBox={`0 0 ${code.modules} ${code.modules}`}
        >
          <path d={code.d} />
        </svg>
      )}
      <p class="slip-under">
        {line.under.map((part) => (
          <span key={part}>{part}</span>
        ))}
      </p>
    </div>
  );
};

const Line = ({ line, paper }: { readonly line: SlipLine; readonly paper: SlipPaper }) => {
  switch (line.kind) {
    case "title":
    case "strong":
    case "centre":
    case "text":
      return <p class={`slip-${line.kind}`}>{line.text}</p>;
    case "rule":
      return <hr class="slip-rule" />;
    case "pair":
      return (
        <p class="slip-pair">
          <span>{line.label}</span>
          <span class={classNames(line.mono === true && "slip-mono")}>{line.value}</span>
        </p>
      );
    case "amount":
      return (
        <p class="slip-pair slip-amount">
          <span>{line.label}</span>
          <b>{line.text}</b>
        </p>
      );
    case "code":
      return <Code line={line} paper={paper} />;
  }
};

/** The slip as it comes out of the printer; the only thing that is printed while it is on screen. */
export const Slip = ({
  lines,
  paper,
}: {
  readonly lines: readonly SlipLine[];
  readonly paper: SlipPaper;
}) => (
  <article class={`slip ${paper === "slip_58" ? "slip-58" : "slip-80"}`} data-paper={paper}>
    {lines.map((line, index) => (
      <Line key={index} line={line} paper={paper} />
    ))}
  </article>
);
