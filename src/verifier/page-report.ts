import { severityOf } from "../ledger/findings.ts";
import type { RecordLine, ToldReport } from "../ledger/verify-report.ts";
import { adviceOf, factsOf, headlineOf, sayFinding, type Said } from "./report.ts";

type Child = Node | string;

const element = (tag: string, className: string, ...children: readonly Child[]): HTMLElement => {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
};

const english = (text: string): HTMLElement => {
  const made = element("span", "", text);
  made.lang = "en";
  return made;
};

const said = (tag: string, className: string, { zh, en }: Said): HTMLElement =>
  element(tag, className, `${zh} `, english(en));

const verdictBox = (report: ToldReport, name: string): HTMLElement => {
  const headline = headlineOf(report);
  const heading = said("h2", "", headline);
  heading.id = "verdict";
  const advice = adviceOf(report);
  const box = element("div", `verdict ${headline.tone}`, heading, element("p", "", name));
  if (advice !== undefined) box.append(said("p", "", advice));
  return box;
};

const factList = (report: ToldReport): HTMLElement => {
  const rows = factsOf(report).map((fact) =>
    element("div", "", said("dt", "", fact), element("dd", "code", fact.value)),
  );
  return element("dl", "facts", ...rows);
};

const page = 200;

/** A long list grows by a page at a time: a hundred thousand rows at once would stop a phone. */
const growingList = <T>(items: readonly T[], row: (item: T) => HTMLElement): HTMLElement => {
  const list = element("ul", "list");
  const more = element("button", "more", "更多 ", english("More"));
  more.setAttribute("type", "button");
  const grow = (): void => {
    const shown = list.children.length;
    list.append(...items.slice(shown, shown + page).map(row));
    more.hidden = list.children.length >= items.length;
  };
  more.addEventListener("click", grow);
  grow();
  return element("div", "", list, more);
};

const findingRows = (report: ToldReport): HTMLElement =>
  growingList(report.findings, (finding) => {
    const code = element("span", `code ${severityOf(finding.code)}`, `${finding.code} `);
    const row = said("li", "words", sayFinding(finding));
    row.prepend(code);
    return row;
  });

const recordRows = (report: ToldReport): HTMLElement =>
  growingList(report.records, ({ seq, line, kind, isGood }: RecordLine) => {
    const mark = element("span", isGood ? "good" : "bad-mark", isGood ? "✓" : "✗");
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", isGood ? "有效 valid" : "有问题 problem");
    return element("li", "", mark, ` ${seq} · ${kind ?? "?"} `, english(`line ${line}`));
  });

const heading = (zh: string, en: string): HTMLElement => said("h2", "", { zh, en });

/** Puts a report on the page, its verdict first, and moves the reader there. */
export const showReport = (place: HTMLElement, report: ToldReport, name: string): void => {
  const parts: Node[] = [verdictBox(report, name)];
  if (report.findings.length > 0) parts.push(heading("发现", "Findings"), findingRows(report));
  parts.push(heading("概要", "Summary"), factList(report));
  parts.push(heading("逐条核对", "Record by record"), recordRows(report));
  place.replaceChildren(...parts);
  place.hidden = false;
  place.focus();
};
