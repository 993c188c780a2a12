import { expect } from "vitest";

import { firstOwner } from "../../src/domain/ids.ts";
import type { Result } from "../../src/domain/result.ts";
import type { StaffEntry } from "../../src/domain/staff-entry.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { unlock } from "../../src/usecases/unlock.ts";
import { valueOf } from "./a.ts";
import { aShop } from "./deps.ts";
import { headOf, recordsAfter } from "./journal-watch.ts";
import { as, join, ownerPin, pin } from "./people.ts";
import { caseAt } from "./refunds.ts";
import type { Cell, Scene, Step } from "./rights-cell.ts";
import { askCells } from "./rights-cells-ask.ts";
import { counterCells } from "./rights-cells-counter.ts";
import { manageCells } from "./rights-cells-manage.ts";
import { workCells } from "./rights-cells-work.ts";

export const cells: readonly Cell[] = [...askCells, ...workCells, ...counterCells, ...manageCells];

/** The cell that a line of the table is about. */
export const cellOf = (row: string): Cell => {
  const cell = cells.find((one) => one.row === row);
  if (cell === undefined) throw new Error(`nobody asks for ${row}`);
  return cell;
};

/** Whoever gives this PIN is at the till. */
const unlockedAs = async (deps: Deps, staff: Staff["staff"], typed = pin): Promise<Deps> =>
  actingAs(deps, valueOf(await unlock(deps, staff, typed)));

/** A shop with all of these people, each unlocked by their own PIN, with the first owner and another clerk beside them. */
export const scenesOf = async (
  people: readonly (Partial<StaffEntry> & { readonly name: string })[],
): Promise<readonly Scene[]> => {
  const { deps } = await aShop();
  const owner = await unlockedAs(deps, firstOwner, ownerPin);
  const clerk = await as(owner, (await join(owner, { name: "小赵" })).staff);
  const scenes: Scene[] = [];
  for (const entry of people) {
    const person = await join(owner, entry);
    scenes.push({ owner, clerk, person, me: await unlockedAs(owner, person.staff) });
  }
  return scenes;
};

type Fault = { readonly kind: string; readonly action?: string };

const wordOf = (fault: Fault, cell: Cell): string => {
  if (fault.kind !== "not_entitled") return fault.kind;
  return fault.action === cell.action ? "no" : `no ${fault.action}`;
};

const isWaiting = async ({ owner }: Scene, { caseId }: Step): Promise<boolean> => {
  if (caseId === undefined) return false;
  const { money, approval } = await caseAt(owner, caseId);
  expect(money === "pending_approval").toBe(approval === "pending");
  return money === "pending_approval";
};

/** Asks, and says in a word of the table what came of it; what is refused must leave no record at all. */
export const wordFor = async (
  scene: Scene,
  { cell, step, asker }: { readonly cell: Cell; readonly step: Step; readonly asker: Deps },
): Promise<string> => {
  const before = await headOf(scene.owner);
  const answer: Result<unknown, Fault> = await step.ask(asker);
  if (!answer.ok) {
    expect(await headOf(scene.owner)).toEqual(before);
    return wordOf(answer.fault, cell);
  }
  const written = await recordsAfter(scene.owner, before.seq);
  expect(written.length > 0).toBe(cell.action !== "look_up");
  for (const { staff } of written) expect(staff).toBe(scene.person.staff);
  return (await isWaiting(scene, step)) ? "waits" : "yes";
};

/** One line for everybody of a shop: what was refused to one is, untouched, asked by the next. */
export const wordsFor = async (
  scenes: readonly Scene[],
  row: string,
): Promise<Readonly<Record<string, string>>> => {
  const cell = cellOf(row);
  const words: Record<string, string> = {};
  let open: Step | undefined;
  for (const scene of scenes) {
    const step = (cell.about === "anything" ? open : undefined) ?? (await cell.prepare(scene));
    const word = await wordFor(scene, { cell, step, asker: scene.me });
    open = word === "yes" || word === "waits" ? undefined : step;
    words[scene.person.name] = word;
  }
  return words;
};
