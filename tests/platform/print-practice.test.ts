// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";

import { printPaper } from "../../src/platform/printer.ts";

const mark = "练习模式";

const onPaper = (paper: Parameters<typeof printPaper>[0]): string => {
  let shown = "";
  vi.stubGlobal("print", () => {
    shown = document.querySelector(".print-copy")?.textContent ?? "";
  });
  printPaper(paper);
  return shown;
};

beforeEach(() => {
  document.body.innerHTML = `<p class="train-bar">${mark}</p><main><div data-paper>海报</div></main>`;
});

it("X40 every page of A4 and A6 that is printed in practice says so", () => {
  expect(onPaper("a4")).toBe(`${mark}海报`);
  expect(onPaper("a6")).toBe(`${mark}海报`);
});

it("X40 a slip says it in lines of its own, and the real shop's paper says nothing of practice", () => {
  expect(onPaper("slip_58")).toBe("海报");
  document.querySelector(".train-bar")?.remove();
  expect(onPaper("a4")).toBe("海报");
});
