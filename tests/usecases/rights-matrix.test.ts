import { beforeAll, describe, expect, it } from "vitest";

import type { Role } from "../../src/domain/journal-event.ts";
import { actions } from "../../src/domain/rights.ts";
import { actAs } from "../../src/usecases/ask-entitled.ts";
import { disableStaff, enableStaff } from "../../src/usecases/change-staff.ts";
import { unlock } from "../../src/usecases/unlock.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { findingsOf, headOf } from "../support/journal-watch.ts";
import { as, pin } from "../support/people.ts";
import type { Cell, Scene } from "../support/rights-cell.ts";
import { cellOf, cells, scenesOf, wordFor, wordsFor } from "../support/rights-run.ts";
import {
  entitled,
  expected,
  proves,
  withAnotherDevice,
  withoutRecord,
  withoutUseCase,
} from "../support/rights-table.ts";

const roles = ["clerk", "lead", "owner", "auditor"] as const satisfies readonly Role[];

const lines = expected.map((line) => [proves[line.action] ?? "", line.row, line] as const);

/** One of each role, known by its name. */
const everyRole = () => scenesOf(roles.map((role) => ({ role, name: role })));

describe("people by their role, and what they ask", () => {
  let scenes: readonly Scene[];
  beforeAll(async () => {
    scenes = await everyRole();
  });

  it.each(lines)("R35 F66 %s %s", async (_, row, { by }) => {
    expect(await wordsFor(scenes, row)).toEqual(by);
  });

  it.each(Object.entries(entitled))(
    "F66 X28 %s in one's own name by PIN: %s",
    async (name, may) => {
      const action = actions.find((one) => one === name) ?? "look_up";
      const acted: string[] = [];
      for (const { owner, me, person } of scenes) {
        const before = await headOf(owner);
        const acting = await actAs(me, action, { person: person.staff, pin });
        expect(await headOf(owner)).toEqual(before);
        if (acting.ok) acted.push(person.name);
        else expect(acting.fault).toEqual({ kind: "not_entitled", action });
      }
      expect(acted.join(" ")).toBe(may);
    },
  );

  it("R52 leave a journal that verifies", async () => {
    const [scene] = scenes;
    const found = scene === undefined ? [] : await findingsOf(scene.owner);
    expect(found.filter((finding) => !finding.startsWith("W_ERASED"))).toEqual([]);
  });
});

const switched = async ({ owner, person }: Scene, on: boolean): Promise<void> => {
  const change = on ? enableStaff : disableStaff;
  valueOf(await change(owner, person.staff));
};

/** What of their own there is to ask about was done while they still worked here. */
const stepFor = async (scene: Scene, cell: Cell) => {
  if (cell.about === "anything") return cell.prepare(scene);
  await switched(scene, true);
  const step = await cell.prepare(scene);
  await switched(scene, false);
  return step;
};

/** Steps that begin with the PIN of who decides. */
const isByPin = ({ action, row }: (typeof expected)[number]): boolean =>
  action === "approve" || /^take back .* that left\b/.test(row);

/** Nobody is found by their PIN, the newest state of people is asked by whoever changes it, the rest ends at the lock. */
const shut = (line: (typeof expected)[number], role: Role): string => {
  const word = line.by[role];
  if (isByPin(line)) return "person_unknown";
  if (word !== "yes" && word !== "waits") return word;
  return line.action === "manage_staff" ? "no" : "locked";
};

describe("people who were switched off", () => {
  let scenes: readonly Scene[];
  beforeAll(async () => {
    scenes = await everyRole();
    for (const scene of scenes) await switched(scene, false);
  });

  const asked = lines.filter(([, , { action }]) => action !== "look_up");

  it.each(asked)("F69 F66 %s ask in vain: %s", async (_, row, line) => {
    for (const scene of scenes) {
      const cell = cellOf(row);
      const step = await stepFor(scene, cell);
      const asker = await as(scene.owner, scene.person.staff);
      const word = await wordFor(scene, { cell, step, asker });
      expect(word).toMatch(/^no\b|^person_unknown$/);
      const late = await wordFor(scene, { cell, step, asker: scene.me });
      expect(late).toBe(shut(line, scene.person.role));
    }
  });

  it("R35 F69 are not let in again", async () => {
    for (const { owner, person } of scenes) {
      const before = await headOf(owner);
      const fault = faultOf(await unlock(owner, person.staff, pin));
      expect(fault).toEqual({ kind: "person_unknown" });
      expect(faultOf(await actAs(owner, "look_up", { person: person.staff, pin }))).toEqual(fault);
      expect(await headOf(owner)).toEqual(before);
    }
  });
});

const sources = import.meta.glob<string>("../../src/{usecases,domain}/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const cellSources = Object.values(
  import.meta.glob<string>("../support/rights-cells-*.ts", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
).join("\n");

/**
 * Beside the recording functions in their files: what reads, what others are built of, the lock, practice, the
 * import, which a cell asks through importOf(), what needs another device (rights-devices.test.ts), and the
 * change of this device's key (rotate-key.test.ts).
 */
const others =
  "currentLimits listApprovers currentSetting listProfiles listMappings planMapping planResultMapping listPeople batchSheet batchFile " +
  "listRecallers recallerOf inBatch decideOpening editProfile countSimilar refundContext findShopMail " +
  "mailLinkOf failedTries triesLeft " +
  "isOut planOf recordEvents recordNewPin findPinFault pinKeyIn raiseGrades " +
  "openPerson unlock resetPin changeOwnPin seedPractice practiceSample importStatement " +
  "nameOf notRevoked firstLabel beginChain refusalOf withVersions versionsFirst keepRefund applyAck " +
  "mergeDeviceFile readDeviceFile readCheckpoint recordSighting recordWitness meetApprover " +
  "rotateKey finishRotation replaceLostKey planFile prepareFile collect " +
  "requestPhoneApproval takePhoneApproval countAsked eraseAsAsked planRetention forgetOld readPracticeTasks";

describe("the matrix", () => {
  it("has every line once, and every line is asked", () => {
    expect(cells.map(({ row }) => row).sort()).toEqual(expected.map(({ row }) => row).sort());
    for (const { row, action } of expected) expect(cellOf(row).action).toBe(action);
  });

  it("has every action, but for those that no use case does", () => {
    const asked = new Set(expected.map(({ action }) => action));
    const elsewhere = [...withoutUseCase, ...withoutRecord, ...withAnotherDevice];
    expect([...asked, ...elsewhere].sort()).toEqual([...actions].sort());
    expect(Object.keys(entitled).sort()).toEqual([...actions].sort());
  });

  it.each(withoutUseCase)("gets lines for %s as soon as a use case does it", (action) => {
    const named = Object.entries(sources).filter(
      ([file, source]) => !file.endsWith("/rights.ts") && source.includes(`"${action}"`),
    );
    expect(named.map(([file]) => file)).toEqual([]);
  });

  it("gets lines for every new function that records something", () => {
    const recorders = Object.entries(sources).filter(
      ([file, source]) =>
        file.includes("/usecases/") && /\b(recordEvents|recordNewPin)\b/.test(source),
    );
    const functions = recorders.flatMap(([, source]) =>
      Array.from(source.matchAll(/^export const (\w+) =/gm), ([, name = ""]) => name),
    );
    const missing = functions.filter((name) => !new RegExp(`\\b${name}\\b`).test(cellSources));
    expect(missing.sort()).toEqual(others.split(" ").sort());
  });
});
