import { custom } from "../../src/domain/acquirers/custom.ts";
import { lakala } from "../../src/domain/acquirers/lakala.ts";
import type { StaffId } from "../../src/domain/ids.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { defaultSetting } from "../../src/domain/shop-setting.ts";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import {
  addProfile,
  changeProfile,
  markVerified,
  resetProfile,
} from "../../src/usecases/change-profile.ts";
import { changeSetting } from "../../src/usecases/change-setting.ts";
import {
  addStaff,
  changeStaff,
  disableStaff,
  enableStaff,
  resetStaffPin,
} from "../../src/usecases/change-staff.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { setUploadTarget, stopUploads } from "../../src/usecases/upload-setting.ts";
import { valueOf } from "./a.ts";
import { anEntry, join, pin } from "./people.ts";
import { aTypedTarget, turnOn } from "./uploads.ts";
import { aCell, aCellOfMine, fresh, type Cell, type Scene, type Step } from "./rights-cell.ts";

/** An acquirer that the owner has edited already. */
const edited = async (owner: Deps): Promise<void> => {
  const support = { ...lakala.support, phone: `9500${fresh()}` };
  valueOf(await changeProfile(owner, { ...lakala, support }));
};

const policies: readonly Cell[] = [
  aCell("change the policy", "manage_policy", async () => ({
    ask: (me) => changePolicy(me, { ...defaultPolicy, text: { zh: fresh(), en: "" } }),
  })),
  aCell("edit an acquirer", "manage_policy", async () => ({
    ask: (me) => {
      const support = { ...custom.support, phone: `9500${fresh()}` };
      return changeProfile(me, { ...custom, support });
    },
  })),
  aCell("add an acquirer", "manage_policy", async () => ({
    ask: (me) => addProfile(me, "lakala", "我的机构"),
  })),
  aCell("confirm a fact of an acquirer", "manage_policy", async ({ owner }) => {
    await edited(owner);
    return { ask: (me) => markVerified(me, "lakala", "settlement") };
  }),
  aCell("reset an acquirer", "manage_policy", async ({ owner }) => {
    await edited(owner);
    return { ask: (me) => resetProfile(me, "lakala") };
  }),
  aCell("change the shop's setting", "manage_policy", async () => ({
    ask: (me) => changeSetting(me, { ...defaultSetting, phone: fresh() }),
  })),
  aCell("set where copies go", "manage_policy", async () => ({
    ask: (me) =>
      setUploadTarget(me, aTypedTarget({ address: `https://d${fresh()}.example.com/{name}` })),
  })),
  aCell("send no copies any more", "manage_policy", async ({ owner }) => {
    await turnOn(owner, { address: `https://d${fresh()}.example.com/{name}` });
    return { ask: stopUploads };
  }),
];

const newPin = { pin, again: pin };

/** Asks something about a person who just joined. */
const about =
  (
    ask: (me: Deps, staff: StaffId) => ReturnType<Step["ask"]>,
    role: "clerk" | "owner" = "clerk",
  ): Cell["prepare"] =>
  async ({ owner }: Scene) => {
    const { staff } = await join(owner, { role, name: `同事 ${fresh()}` });
    return { ask: (me) => ask(me, staff) };
  };

const people: readonly Cell[] = [
  aCell("add a person", "manage_staff", async () => ({
    ask: (me) => addStaff(me, anEntry({ name: `同事 ${fresh()}` }), newPin),
  })),
  aCell(
    "change a person",
    "manage_staff",
    about((me, staff) => changeStaff(me, staff, anEntry({ role: "lead" }))),
  ),
  aCell("switch a person off", "manage_staff", about(disableStaff)),
  aCell("switch a person on", "manage_staff", async ({ owner }) => {
    const { staff } = await join(owner, { name: `同事 ${fresh()}` });
    valueOf(await disableStaff(owner, staff));
    return { ask: (me) => enableStaff(me, staff) };
  }),
  aCell(
    "reset a person's PIN",
    "manage_staff",
    about((me, staff) => resetStaffPin(me, staff, { pin: "604817", again: "604817" })),
  ),
  aCell("switch an owner off", "manage_staff", about(disableStaff, "owner")),
  aCell(
    "make an owner",
    "manage_staff",
    about((me, staff) => changeStaff(me, staff, anEntry({ role: "owner" }))),
  ),
  aCellOfMine("change myself", "manage_staff", async ({ person }) => {
    const { role, grants, limit } = person;
    const entry = { name: `改名 ${fresh()}`, role, grants, limit };
    return { ask: (me) => changeStaff(me, person.staff, entry) };
  }),
];

/** What an owner decides about the shop and its people. */
export const manageCells: readonly Cell[] = [...policies, ...people];
