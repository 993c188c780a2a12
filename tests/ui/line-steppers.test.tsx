// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest";

import { openLines } from "../../src/domain/goods-lines.ts";
import { aCaseId, aPayment, claimFacts, cny, units } from "../support/a.ts";
import { allOf, LineSteppers } from "../../src/ui/screens/new-refund/line-steppers.tsx";
import type { ChosenLines } from "../../src/ui/screens/new-refund/refund-entry.ts";
import { aStage, type Stage } from "./stage.tsx";

const lines = openLines(
  aPayment({
    amount: cny(3_000),
    lines: [{ index: 1, quantity: "3", amount: units(3_000), name: "苹果" }],
  }),
);

let stage: Stage | undefined;

afterEach(() => stage?.strike());

const type = (text: string): ChosenLines | undefined => {
  stage = aStage();
  let chosen: ChosenLines | undefined;
  stage.show(
    <LineSteppers
      lines={lines}
      chosen={{}}
      onChange={(changed) => {
        chosen = changed;
      }}
    />,
  );
  const field = stage.app.querySelector("input");
  if (field === null) throw new Error("no field");
  field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return chosen;
};

it.each([
  ["0.5", "0.5"],
  ["1。25", "1.25"],
  ["２", "2"],
  ["9", "3"],
  ["", "0"],
])("X32 R17 typed %s is %s of what is left", (text, quantity) => {
  expect(type(text)).toEqual({ 1: quantity });
});

it("X32 what is no number changes nothing and is not left standing", () => {
  expect(type("abc")).toBeUndefined();
  expect(stage?.app.querySelector("input")?.value).toBe("0");
});

it("R18 goods that went back already are not chosen again: an exchange of the rest names none of them", () => {
  const gone = { index: 1, quantity: "1", amount: units(2_000), name: "苹果" };
  const here = { index: 2, quantity: "2", amount: units(1_000), name: "梨" };
  const claim = {
    caseId: aCaseId(),
    attempt: 1,
    amount: cny(500),
    standing: "reserves",
    ...claimFacts,
  } as const;
  const payment = aPayment({
    amount: cny(3_000),
    lines: [gone, here],
    claims: [{ ...claim, lines: [gone] }],
  });
  expect(allOf(openLines(payment))).toEqual({ 2: "2" });
});
