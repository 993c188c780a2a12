import type { StaffId } from "../domain/ids.ts";
import type { LockOut } from "../domain/lock-out.ts";
import type { Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import type { StartOutcome } from "../storage/start-up.ts";
import type { ApproverDeps } from "./read-approval-request.ts";
import type { RescueFile } from "./export-rescue.ts";
import type { OpenedShop, OpenShopFault, SetUpDeps, ShopEntry } from "./open-shop.ts";
import type { ResetPinFault, UnlockFault } from "./unlock.ts";

/** What stands before the running app: first run, lock, practice, rescue. Built in main.tsx. */
export type Start = {
  /** What the comparison of the copies found; undefined while it runs. */
  readonly found: StartOutcome | undefined;
  /** Makes keys and the first records; the app stays on the first-run screen until enter() so that the code can be read. */
  readonly openShop: (entry: ShopEntry) => Promise<Result<OpenedShop, OpenShopFault>>;
  /** What a device needs to take its place in a shop: its first run, or joining another. */
  readonly setUp: SetUpDeps;
  /** Opens the page anew, for a device that goes on under another key. */
  readonly reopen: () => void;
  /** Goes into the app of a shop that was just joined; false when the browser did not keep the key. */
  readonly enterShop: () => Promise<boolean>;
  /** Goes on into the app after the recovery code was shown. */
  readonly enter: () => void;
  readonly startPractice: () => void;
  readonly leavePractice: () => void;
  readonly people: () => Promise<readonly Staff[]>;
  readonly triesLeft: (staff: StaffId) => Promise<LockOut>;
  readonly unlock: (staff: StaffId, pin: string) => Promise<Result<Staff, UnlockFault>>;
  readonly lock: () => void;
  /** This phone as an approver's; it may be nobody's till. */
  readonly approver: ApproverDeps;
  /** Everything that can still be read, when nothing else works. */
  readonly exportRescue: () => Promise<RescueFile>;
  readonly resetPin: (entry: {
    readonly staff: StaffId;
    readonly recoveryCode: string;
    readonly pin: string;
  }) => Promise<Result<undefined, ResetPinFault>>;
};
