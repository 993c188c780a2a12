import { beforeAll, describe, expect, it } from "vitest";

import type { Role } from "../../src/domain/journal-event.ts";
import { grants } from "../../src/domain/rights.ts";
import type { StaffEntry } from "../../src/domain/staff-entry.ts";
import { units } from "../support/a.ts";
import { findingsOf } from "../support/journal-watch.ts";
import type { Scene } from "../support/rights-cell.ts";
import { scenesOf, wordsFor } from "../support/rights-run.ts";
import {
  expected,
  granted,
  proves,
  withOwnLimit,
  type Expected,
  type Otherwise,
} from "../support/rights-table.ts";
import { isDeep } from "../support/deep.ts";

const lines = expected.map((line) => [proves[line.action] ?? "", line.row, line] as const);

const permissions = [
  "approve",
  "export",
  "result",
  "retract",
  "conflict",
  "erase",
  "staff",
  "policy",
] as const;

/** Permissions that add something to a role, and whether a limit of one's own does; nothing else is recorded. */
const recorded: Readonly<Record<Role, readonly string[]>> = {
  clerk: [...permissions.map((grant) => `with ${grant}`), "with a limit"],
  lead: ["with erase", "with staff", "with policy", "with a limit"],
  owner: [],
  auditor: [],
};

type Named = Partial<StaffEntry> & { readonly name: string };

/** A role with each permission, and one with ¥50.00 as their own limit. */
const peopleOf = (role: Role): readonly Named[] => [
  { role, name: "plain" },
  ...permissions.map((grant) => ({ role, name: `with ${grant}`, grants: [grant] })),
  { role, name: "with a limit", limit: units(5000) },
];

const otherwiseOf = (role: Role, name: string): Otherwise =>
  name === "with a limit"
    ? (withOwnLimit[role] ?? {})
    : (granted[role]?.[name.slice("with ".length)] ?? {});

/**
 * Whom a line is asked of: whoever gets another word than the plain role, and of those who get the same two, each line
 * the next two; everybody under DEEP=1.
 */
const askedFor = (role: Role, line: Expected): ReadonlySet<string> => {
  const { row, by } = line;
  const isOther = (name: string): boolean =>
    (otherwiseOf(role, name)[row] ?? by[role]) !== by[role];
  const same = recorded[role].filter((name) => !isOther(name));
  const turn = expected.indexOf(line);
  const next = new Set([0, 1].map((more) => same[(turn * 2 + more) % same.length]));
  return new Set(recorded[role].filter((name) => isDeep || isOther(name) || next.has(name)));
};

const rightsIn = ({ person: { role, limit, grants: may, active } }: Scene): string =>
  JSON.stringify([role, limit, may, active]);

/** Those whose record says something else than the plain role; the others may exactly what it may. */
const told = (scenes: readonly Scene[]): readonly Scene[] => {
  const [plain] = scenes;
  return scenes.filter((scene) => plain !== undefined && rightsIn(scene) !== rightsIn(plain));
};

describe.each(["clerk", "lead"] as const)("a %s", (role) => {
  let scenes: readonly Scene[];
  beforeAll(async () => {
    scenes = told(await scenesOf(peopleOf(role)));
  });

  it.each(lines)("X28 F66 %s %s, with each permission and with a limit", async (_, row, line) => {
    const asked = askedFor(role, line);
    const wanted = Array.from(asked, (name) => [
      name,
      otherwiseOf(role, name)[row] ?? line.by[role],
    ]);
    const those = scenes.filter(({ person }) => asked.has(person.name));
    expect(await wordsFor(those, row)).toEqual(Object.fromEntries(wanted));
  });

  it("R52 leaves a journal that verifies", async () => {
    const [scene] = scenes;
    const found = scene === undefined ? [] : await findingsOf(scene.owner);
    expect(found.filter((finding) => !finding.startsWith("W_ERASED"))).toEqual([]);
  });
});

it.each(Object.entries(recorded))(
  "X28 a %s has a permission, or a limit, recorded only where it adds something: %j",
  async (role, names) => {
    const people = told(await scenesOf(peopleOf(role as Role)));
    expect(people.map(({ person }) => person.name)).toEqual(names);
  },
);

it("every permission of the app is asked for", () => {
  expect([...permissions].sort()).toEqual([...grants].sort());
});
