import * as fc from "fast-check";

import { emptyBooks, type Books } from "../../src/domain/books.ts";
import { firstOwner, type CaseId, type PaymentId, type StaffId } from "../../src/domain/ids.ts";
import { defaultPolicy, type ShopPolicy } from "../../src/domain/policy/shop-policy.ts";
import type { RefundCase } from "../../src/domain/refund/case.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import type { StaffEntry } from "../../src/domain/staff-entry.ts";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { valueOf } from "./a.ts";
import { aShop, someRows, type TestClock } from "./deps.ts";
import { importOf } from "./money-steps.ts";
import { join, ownerPin, personOf, pin } from "./people.ts";

/** One thing that somebody may do; numbers are folded onto whatever stands there. */
export type Act<Kind extends string> = {
  readonly kind: Kind;
  readonly which: number;
  readonly minor: number;
  /** Picks among the ways of doing it. */
  readonly way: number;
};

/** Acts of these kinds, all of them as likely as they are listed. */
export const actOf = <Kind extends string>(kinds: readonly Kind[]): fc.Arbitrary<Act<Kind>> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    which: fc.nat(997),
    minor: fc.oneof(fc.integer({ min: 1, max: 1200 }), fc.integer({ min: 1, max: 4000 })),
    way: fc.nat(997),
  });

type Person = { readonly staff: StaffId; readonly pin: string };

/** A shop at work: who is at the till, what was done so far, and what the records alone say of it. */
export type ShopWalk = {
  /** Nobody's: for looking. */
  readonly deps: Deps;
  readonly clock: TestClock;
  /** The device's clock against the true one, in milliseconds. */
  readonly drift: { ms: number };
  readonly rows: readonly StatementRow[];
  /** Order numbers of payments that no statement will ever show. */
  readonly orders: string[];
  readonly people: readonly Person[];
  readonly at: { person: StaffId };
  /** PINs that were set anew. */
  readonly pins: Map<StaffId, string>;
  readonly cases: CaseId[];
  /** More may be on its way than was paid: a statement or a late answer said so afterwards. */
  readonly excused: Set<PaymentId>;
  /** More really was on its way at some moment. */
  readonly over: Set<PaymentId>;
  /** Money arrived that nobody had approved: somebody said so on purpose. */
  readonly unapproved: { told: boolean };
  /** The owner took a file back that they had handed out themselves: nobody else may allow that. */
  readonly alone: { told: boolean };
  readonly told: { readonly books: Books; seq: number; iat: number | undefined };
};

/** Small limits, so that much has to be approved. */
const limits: ShopPolicy["limits"] = {
  clerk: { amount: 800, days: 7, refunds: 2 },
  lead: { amount: 2000 },
};

const crew: readonly Partial<StaffEntry>[] = [
  { role: "lead", name: "小李" },
  { role: "lead", name: "小周" },
  { role: "clerk", name: "小王" },
  { role: "clerk", name: "小赵", grants: ["export", "result", "retract"] },
  { role: "auditor", name: "小钱" },
];

const wechat = ({ acquirer }: StatementRow): boolean => acquirer === "wechatpay";

/** An open shop with an owner, leads, clerks and an auditor, and rows that its channels know of. */
export const beginShop = async (): Promise<ShopWalk> => {
  const { deps: shop, clock } = await aShop();
  const drift = { ms: 0 };
  const owner: Deps = { ...shop, now: () => shop.now() + drift.ms };
  valueOf(await changePolicy(owner, { ...defaultPolicy, limits }));
  const people: Person[] = [{ staff: firstOwner, pin: ownerPin }];
  for (const entry of crew) people.push({ staff: (await join(owner, entry)).staff, pin });
  const rows = [...someRows(owner).filter(wechat).slice(0, 5), ...someRows(owner).slice(1, 3)];
  valueOf(await importOf(owner, rows.slice(0, 4), "first bill"));
  return {
    deps: { ...owner, staff: () => undefined },
    clock,
    drift,
    rows,
    orders: [],
    people,
    at: { person: firstOwner },
    pins: new Map(),
    cases: [],
    excused: new Set(),
    over: new Set(),
    unapproved: { told: false },
    alone: { told: false },
    told: { books: emptyBooks(), seq: -1, iat: undefined },
  };
};

/** The n-th of a list, counted around. */
export const pick = <T>(list: readonly T[], which: number): T | undefined =>
  list[which % Math.max(1, list.length)];

/** The n-th of a list that is not empty. */
export const pickOne = <T>(list: readonly T[], which: number): T => {
  const one = pick(list, which);
  if (one === undefined) throw new Error("there is something to pick from");
  return one;
};

/** The till with the person who stands there now, as the newest record tells of them. */
export const till = async ({ deps, at }: ShopWalk): Promise<Deps> =>
  actingAs(deps, await personOf(deps, at.person));

/** Who does what not everybody may: mostly the owner, else whoever is at the till. */
export const worker = async (walk: ShopWalk, { way }: Pick<Act<string>, "way">): Promise<Deps> =>
  way % 3 === 0 ? till(walk) : actingAs(walk.deps, await personOf(walk.deps, firstOwner));

/** Somebody who decides, mostly one who may, and what they type, mostly the right PIN. */
export const decider = (
  { people, pins }: ShopWalk,
  { way }: Pick<Act<string>, "way">,
): { readonly approver: StaffId; readonly pin: string } => {
  const [owner, ...others] = people;
  const able = others.slice(0, 2);
  const person = pickOne([...people, ...(owner === undefined ? [] : [owner, owner]), ...able], way);
  const typed = way % 13 === 12 ? "111222" : (pins.get(person.staff) ?? person.pin);
  return { approver: person.staff, pin: typed };
};

/** Some case of the walk as it stands now, mostly one of those that something can be done about. */
export const caseOf = async (
  { deps, cases }: ShopWalk,
  { which, way }: Pick<Act<string>, "which" | "way">,
  fits: (refundCase: RefundCase) => boolean = () => true,
): Promise<RefundCase | undefined> => {
  const rows = await deps.journal.db.cases.bulkGet([...cases]);
  const all = rows.flatMap((row) => (row === undefined ? [] : [row.refundCase]));
  const fitting = way % 7 === 0 ? all : all.filter(fits);
  return pick(fitting, which);
};
