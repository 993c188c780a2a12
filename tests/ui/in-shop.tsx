import type { ComponentChild } from "preact";
import { act } from "preact/test-utils";
import { expect, vi } from "vitest";

import { instantFromMs } from "../../src/domain/instant.ts";
import { ok } from "../../src/domain/result.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import type {
  Abilities,
  CameraFault,
  HeardFromCamera,
  SeenCode,
} from "../../src/usecases/abilities.ts";
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
    { timeout: 30_000 },
  );

/** A window that fits no media query. */
export const stillScreen = (): void =>
  void vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));

const aSquare = (x: number, y: number): NonNullable<SeenCode["corners"]> => [
  { x, y },
  { x: x + 0.25, y },
  { x: x + 0.25, y: y + 0.25 },
  { x, y: y + 0.25 },
];

/** A camera that sees what the test holds before it. */
export const aCamera = () => {
  let heard: HeardFromCamera | undefined;
  const openScanner: Abilities["openScanner"] = async (_video, hearing) => {
    heard = hearing;
    const stop = (): void => {
      heard = undefined;
    };
    return ok({ stop });
  };
  return {
    openScanner,
    isOpen: () => heard !== undefined,
    see: (text: string, corners: NonNullable<SeenCode["corners"]> = []): void =>
      heard?.onCodes([{ text, format: "qr", corners }]),
    /** Codes one above the other. */
    seeAll: (...texts: readonly string[]): void =>
      heard?.onCodes(
        texts.map((text, row) => ({
          text,
          format: "qr",
          corners: aSquare(0.25, 0.125 + 0.5 * row),
        })),
      ),
    turnDark: (dark: boolean): void => heard?.onDark(dark),
    fail: (kind: CameraFault["kind"]): void => heard?.onFault({ kind }),
  };
};
