import { describe, expect, it } from "vitest";

import { addSeconds, instantFromMs, type Instant } from "../../src/domain/instant.ts";
import type { TodoKind } from "../../src/domain/todo.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { listTasks, type TodoList } from "../../src/usecases/list-tasks.ts";
import { logContact, logFeedback } from "../../src/usecases/log-contact.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { refundNow } from "../support/refunds.ts";

const nowOf = (deps: Deps): Instant => instantFromMs(deps.now());

const totalsOf = ({ groups }: TodoList): Partial<Record<TodoKind, number>> =>
  Object.fromEntries(groups.map(({ kind, total }) => [kind, total]));

describe("what was promised to somebody", () => {
  it("R22 R48 a promised contact comes back when its time has come, until somebody was spoken to", async () => {
    const { deps, clock } = await aShop();
    const caseId = await refundNow(deps);
    const call = { with: "customer", via: "phone" } as const;
    valueOf(await logContact(deps, caseId, { ...call, next: "2026-11-23T09:30" }));
    const due = "2026-11-23T01:30:00Z" as Instant;
    expect((await listTasks(deps, addSeconds(due, -1))).total).toBe(0);
    const list = await listTasks(deps, due);
    expect(list.groups[0]?.items).toMatchObject([{ at: due, refundCase: { caseId } }]);
    expect(totalsOf(list)).toEqual({ contact: 1 });
    clock.ms = Date.parse(due) + 60_000;
    valueOf(await logFeedback(deps, caseId, { score: 4 }));
    expect(totalsOf(await listTasks(deps, nowOf(deps)))).toEqual({ contact: 1 });
    valueOf(await logContact(deps, caseId, call));
    expect((await listTasks(deps, nowOf(deps))).total).toBe(0);
  });

  it("R48 telling the customer keeps the promise too, a newer promise takes its place", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    const call = { with: "customer", via: "phone" } as const;
    valueOf(await logContact(deps, caseId, { ...call, next: "2026-11-23T09:30" }));
    valueOf(await logContact(deps, caseId, { ...call, next: "2026-11-24T09:30" }));
    const due = "2026-11-24T01:30:00Z" as Instant;
    expect((await listTasks(deps, addSeconds(due, -1))).total).toBe(0);
    expect(totalsOf(await listTasks(deps, due))).toEqual({ contact: 1 });
    valueOf(await tellCustomer(deps, caseId, { via: "call", language: "zh-CN" }));
    expect((await listTasks(deps, due)).total).toBe(0);
  });
});
