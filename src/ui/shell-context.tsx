import { createContext, type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";

import { CNY, type Currency } from "../domain/currency.ts";
import { instantFromMs, type Calendar, type Instant } from "../domain/instant.ts";

/** What the status chip says; the first that applies (screens.md §2). */
export type ShellStatus =
  | { readonly kind: "recording_stopped" }
  | { readonly kind: "storage_fault" }
  | { readonly kind: "saved_once" }
  | { readonly kind: "backup_due" }
  | { readonly kind: "to_export"; readonly count: number }
  | { readonly kind: "offline_ready" };

/** A sentence for the whole app with at most one thing to do about it. */
export type ShellNotice = {
  readonly tone: "neutral" | "info" | "warn" | "danger";
  readonly text: string;
  readonly action: { readonly label: string; readonly onClick: () => void } | undefined;
};

/** What every page shows of the shop, the person and the journal. */
export type Shell = {
  readonly shop: {
    readonly name: string;
    readonly currency: Currency;
    readonly calendar: Calendar;
  };
  /** The person at the till; undefined before anyone unlocked. */
  readonly staff: { readonly name: string } | undefined;
  /** Undefined until the journal was counted. */
  readonly status: ShellStatus | undefined;
  readonly online: boolean;
  readonly training: boolean;
  /** Above every page: read-only, a new version, an update elsewhere. */
  readonly notice: ShellNotice | undefined;
  readonly now: () => Instant;
  /** Tap on the avatar: someone else takes over. */
  readonly onChangeStaff: () => void;
  /** Long press on the status chip: strong contrast on and off. */
  readonly onToggleContrast: () => void;
};

/** Known to every browser this runs in; asking one costs more than all the rest of this file (30 ms). */
const firstZone = "Asia/Shanghai" as Calendar["zone"];

/** A shell without a shop: what is shown before set-up and in tests. */
export const emptyShell: Shell = {
  shop: {
    name: "",
    currency: CNY,
    calendar: { zone: firstZone, cutoffMinutes: 0 },
  },
  staff: undefined,
  status: undefined,
  online: true,
  training: false,
  notice: undefined,
  now: () => instantFromMs(Date.now()),
  onChangeStaff: () => undefined,
  onToggleContrast: () => undefined,
};

const ShellContext = createContext<Shell>(emptyShell);

export const ShellProvider = ({
  shell,
  children,
}: {
  readonly shell: Shell;
  readonly children: ComponentChildren;
}) => <ShellContext.Provider value={shell}>{children}</ShellContext.Provider>;

export const useShell = (): Shell => useContext(ShellContext);
