/** Paper that is printed on: rolls are as long as what stands on them. */
export type Paper = "slip_58" | "slip_80" | "a4" | "a6";

const mmPerPixel = 25.4 / 96;
const copyClass = "print-copy";

const sheets = {
  a4: "@page{size:A4;margin:12mm}",
  a6: "@page{size:A6;margin:6mm}",
} as const;

const rollWidth = { slip_58: 58, slip_80: 80 } as const;

/** `size:58mm auto` is invalid and falls back to Letter (platform.md §6): the height is measured and written out. */
export const pageRule = (paper: Paper, heightPx: number): string =>
  paper === "a4" || paper === "a6"
    ? sheets[paper]
    : `@page{size:${rollWidth[paper]}mm ${Math.ceil(heightPx * mmPerPixel) + 2}mm;margin:0}`;

const onlyTheCopy = `@media screen{.${copyClass}{display:none}}@media print{body>:not(.${copyClass}){display:none}}`;

let putBack: () => void = () => undefined;

/** What is printed in practice says so on every page; slips say it in their own lines. */
const practiceMark = (paper: Paper): readonly Node[] => {
  const bar = paper in sheets ? document.querySelector(".train-bar") : null;
  return bar === null ? [] : [bar.cloneNode(true)];
};

const copyOf = (shown: Element, paper: Paper): HTMLElement => {
  const copy = document.createElement("div");
  copy.className = copyClass;
  copy.append(...practiceMark(paper), shown.cloneNode(true));
  return copy;
};

/**
 * Prints what stands in `[data-paper]`, alone on its page; where nothing does, the page itself. An injected
 * `<style>` would be blocked by the policy; a constructed sheet is not. It is taken away again after printing.
 */
export const printPaper = (paper: Paper): void => {
  putBack();
  const shown = document.querySelector("[data-paper]");
  const copy = shown === null ? undefined : copyOf(shown, paper);
  const sheet = new CSSStyleSheet();
  const rule = pageRule(paper, shown?.getBoundingClientRect().height ?? 0);
  sheet.replaceSync(copy === undefined ? rule : rule + onlyTheCopy);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  if (copy !== undefined) document.body.append(copy);
  putBack = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    copy?.remove();
  };
  addEventListener("afterprint", () => putBack(), { once: true });
  print();
};
