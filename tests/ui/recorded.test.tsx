// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { firstOwner, type CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { Decision } from "../../src/domain/refund/decide-approval.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { RecordedScreen } from "../../src/ui/screens/recorded/recorded-screen.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { ownerPin } from "../support/people.ts";
import { asClerk, payNow, refundNow } from "../support/refunds.ts";
import { aHistory } from "./browser-history.ts";
import { aStage, type Stage } from "./stage.tsx";

const { stack } = aHistory();

let stage: Stage;
let deps: Deps;

const show = (id: CaseId): void => {
  const built = { deps, abilities: {}, start: {} } as unknown as Built;
  const shop = { ...emptyShell.shop, calendar: deps.calendar };
  stage.show(
    <DepsProvider built={built}>
      <ShellProvider shell={{ ...emptyShell, shop, now: () => instantFromMs(deps.now()) }}>
        <RecordedScreen route={{ name: "recorded", args: { id } }} />
      </ShellProvider>
    </DepsProvider>,
  );
};

const until = (look: () => void): Promise<void> =>
  vi.waitFor(async () => {
    await act(async () => undefined);
    look();
  });

const decide = async (caseId: CaseId, decision: Decision): Promise<void> =>
  void valueOf(
    await approveRefund(deps, caseId, { approver: firstOwner, pin: ownerPin, decision }),
  );

beforeEach(async () => {
  aHistory();
  stage = aStage();
  ({ deps } = await aShop());
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("what was just recorded", () => {
  it("R14 is not called withdrawn when somebody rejected it: its own page opens instead", async () => {
    const id = await refundNow(asClerk(deps));
    await decide(id, { result: "reject", reason: "no_proof" });
    show(id);
    await until(() => expect(stack.entries.at(-1)?.url).toBe(`#/r/${id}`));
  });

  it("X15 leads to the terminal when a void was allowed, and not to an export", async () => {
    const of = await payNow(deps, { acquirer: "lakala" });
    const id = await refundNow(asClerk(deps), { of, type: "void" });
    await decide(id, { result: "approve" });
    show(id);
    await until(() => expect(stage.app.textContent).toContain("请在收款终端上撤销"));
    expect(stage.app.querySelector(`a[href="#/terminal/${id}"]`)).not.toBeNull();
    expect(stage.app.textContent).not.toContain("导出");
  });
});
