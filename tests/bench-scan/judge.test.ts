import { expect, test } from "vitest";

import { judge } from "./judge.ts";

test("a text counts as right whatever its line ends, its FNC1 and the leading 0 of a UPC-A", () => {
  expect(judge(["one\r\ntwo"], ["one\ntwo"])).toEqual({ right: true, wrong: 0 });
  expect(judge(["\u001D0109\u001D10"], ["010910"])).toEqual({ right: true, wrong: 0 });
  expect(judge(["0036000291452"], ["036000291452"])).toEqual({ right: true, wrong: 0 });
});

test("every other text is a wrong read, and any text is one where nothing may be read", () => {
  expect(judge(["A", "B", "B"], ["A"])).toEqual({ right: true, wrong: 1 });
  expect(judge(["B"], ["A"])).toEqual({ right: false, wrong: 1 });
  expect(judge(["A"], null)).toEqual({ right: false, wrong: 1 });
  expect(judge(["B"], ["A"], ["B"])).toEqual({ right: false, wrong: 0 });
  expect(judge([], null)).toEqual({ right: false, wrong: 0 });
});
