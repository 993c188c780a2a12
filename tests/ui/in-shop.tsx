import type { ComponentChild } from "preact";
import { act } from "preact/test-utils";
import { expect, vi } from "vitest";

import { instantFromMs } from "../../src/domain/instant.ts";
import { ok } from "../../src/domain/result.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import type { Abilities, SeenCode } from "../../src/usecases/abilities.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import type { Start } from "../../src/usecases/start.ts";
import type { Stage } from "./stage.tsx";

type Around = {
  readonly abilities?: Partial<Abilities>;
  readonly start?: Partial<Start>;
  readonly shop?: string;
  readonly staff?: Staff | undefined;
};

/** A page as the app shows it at this till: its deps, its clock and its shop, with or without somebody at it. */
export const inShop = (
  deps: Deps,
  what: ComponentChild,
  { abilities = {}, start = {}, shop = "小林饰品摊", staff }: Around = {},
): ComponentChild => {
  const built = { deps, abilities, start } as unknown as Built;
  const shell = {
    ...emptyShell,
    shop: { ...emptyShell.shop, name: shop, calendar: deps.calendar },
    staff,
    now: () => instantFromMs(deps.now()),
  };
  return (
    <DepsProvider built={built}>
      <ShellProvider shell={shell}>{what}</ShellProvider>
    </DepsProvider>
  );
};

/** Waits until all of these words stand on the page. */
export const seenOn = (stage: Stage, ...wanted: readonly string[]): Promise<void> =>
  vi.waitFor(
    async () => {
      await act(async () => undefined);
      for (const words of wanted) expect(stage.app.textContent).toContain(words);
    },
    { timeout: 10_000 },
  );

/** A window that fits no media query. */
export const stillScreen = (): void =>
  void vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));

/** A camera that sees what the test holds before it. */
export const aCamera = () => {
  let onSeen: Parameters<Abilities["openScanner"]>[1] | undefined;
  const openScanner: Abilities["openScanner"] = async (_video, onCodes) => {
    onSeen = onCodes;
    return ok({ stop: () => undefined });
  };
  return {
    openScanner,
    isOpen: () => onSeen !== undefined,
    see: (text: string, corners: NonNullable<SeenCode["corners"]> = []): void =>
      onSeen?.([{ text, format: "qr", corners }]),
  };
};
