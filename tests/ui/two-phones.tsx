import { act } from "preact/test-utils";
import { vi } from "vitest";

import { firstOwner } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { go, route, startRouter } from "../../src/ui/router.ts";
import { AnswerApprovalScreen } from "../../src/ui/screens/answer-approval/answer-approval-screen.tsx";
import { ApprovalScreen } from "../../src/ui/screens/approval/approval-screen.tsx";
import { ApprovePhoneScreen } from "../../src/ui/screens/approve-phone/approve-phone-screen.tsx";
import { UploadScreen } from "../../src/ui/screens/upload/upload-screen.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import type { Deps } from "../../src/usecases/deps.ts";
import { anApproverPhone } from "../support/approver.ts";
import { aShop } from "../support/deps.ts";
import { as, join } from "../support/people.ts";
import { rootOf } from "../support/ring.ts";
import { aHistory } from "./browser-history.ts";
import { aCamera, seenOn, stillScreen } from "./in-shop.tsx";
import { aStage } from "./stage.tsx";

const Page = () => {
  const now = route.value;
  if (now.name === "upload") return <UploadScreen route={now} />;
  if (now.name === "approval") return <ApprovalScreen route={now} />;
  if (now.name === "approve_phone") return <ApprovePhoneScreen key={now.args.id} route={now} />;
  return now.name === "answer_approval" ? <AnswerApprovalScreen route={now} /> : undefined;
};

/** The same browser, once as the till and once as the phone of the owner, who approves. */
export const twoPhones = async () => {
  const stage = aStage();
  const camera = aCamera();
  aHistory();
  const stop = startRouter();
  stillScreen();
  const shop = await aShop();
  const owner = shop.deps;
  const till = await as(owner, (await join(owner)).staff);
  const root = await rootOf(shop);
  const phone = await anApproverPhone(owner, root, { sid: firstOwner });
  const mount = (deps: Deps | undefined): void => {
    const built = {
      deps,
      abilities: { openScanner: camera.openScanner },
      start: { approver: phone.deps },
    } as unknown as Built;
    const shopShown = { ...emptyShell.shop, calendar: owner.calendar };
    const now = () => instantFromMs(owner.now());
    stage.show(
      <DepsProvider built={built}>
        <ShellProvider shell={{ ...emptyShell, shop: shopShown, staff: deps?.staff(), now }}>
          <Page />
        </ShellProvider>
      </DepsProvider>,
    );
  };
  return {
    stage,
    camera,
    owner,
    till,
    root,
    phone,
    seen: (...wanted: readonly string[]) => seenOn(stage, ...wanted),
    /** Shows a page on the till of these deps, or on the phone. */
    open: (address: string, deps: Deps | undefined): void => {
      stage.strike();
      void act(() => go(address));
      mount(deps);
    },
    typePin: (pin: string): void => stage.press(...pin.split("")),
    end: (): void => {
      stage.strike();
      stop();
      vi.unstubAllGlobals();
    },
  };
};
