import { useLayoutEffect, useRef } from "preact/hooks";

import type { AcceptsKey } from "./components/keypad.tsx";

/** A gun sends at least this many characters, half of them closer than this (screens.md §7). */
const fewestKeys = 6;
const burstGapMs = 50;
/** Enter or Tab after the last character. */
const closingMs = 120;
const usualGapMs = 60;

type Held = {
  readonly character: string;
  readonly at: number;
  readonly settle: (byHand: boolean) => void;
};

/** Tells a scanner's burst from a person's typing: keys are held back until the gap after them has passed. */
export type BurstFilter = {
  /** Whether a person pressed this key; told when the keys around it are known. */
  readonly key: (character: string, at: number) => Promise<boolean>;
  /** Enter or Tab; true when it belongs to a burst and must do nothing else. */
  readonly close: (at: number) => boolean;
  /** The keys held so far are a burst already. */
  readonly inBurst: () => boolean;
  readonly drop: () => void;
};

const medianGap = (held: readonly Held[]): number => {
  const gaps = held.slice(1).map((key, index) => key.at - (held[index]?.at ?? 0));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? Infinity;
};

const isBurst = (held: readonly Held[]): boolean =>
  held.length >= fewestKeys && medianGap(held) < burstGapMs;

/** The filter without the browser: characters with their times in, bursts out. */
export const newBurstFilter = (
  onBurst: (text: string) => void,
  gapMs: number = usualGapMs,
): BurstFilter => {
  let held: readonly Held[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastBurstAt = -Infinity;
  const release = (burst: boolean): void => {
    clearTimeout(timer);
    const keys = held;
    held = [];
    if (burst) lastBurstAt = keys.at(-1)?.at ?? lastBurstAt;
    for (const key of keys) key.settle(!burst);
    if (burst) onBurst(keys.map((key) => key.character).join(""));
  };
  const end = (): void => release(isBurst(held));
  return {
    key: (character, at) => {
      const last = held.at(-1);
      if (last !== undefined && at - last.at > gapMs) end();
      clearTimeout(timer);
      timer = setTimeout(end, gapMs);
      return new Promise((settle) => {
        held = [...held, { character, at, settle }];
      });
    },
    close: (at) => {
      const last = held.at(-1);
      if (last === undefined) return at - lastBurstAt <= closingMs;
      const burst = held.length >= fewestKeys && at - last.at <= closingMs;
      release(burst);
      return burst;
    },
    inBurst: () => isBurst(held),
    drop: () => release(false),
  };
};

/** Without the symbology prefix (`]Q3`) and control characters that guns may be set to send. */
export const cleanCode = (text: string): string =>
  text.replace(/^\][A-Za-z]\d/, "").replace(/\p{Cc}/gu, "");

type Field = HTMLInputElement | HTMLTextAreaElement;

const fieldOf = (target: EventTarget | null): Field | undefined =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : undefined;

const isCharacter = (event: KeyboardEvent): boolean =>
  event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;

/** A running scanner gun. */
export type ScannerGun = {
  /** For keypads and single keys: false when a gun sent the key. */
  readonly accepts: AcceptsKey;
  /** Text that an IME put into the gun's own field, where keys have no names. */
  readonly takeText: (text: string, at: number) => void;
  readonly stop: () => void;
};

/** Listens to the whole page. What a burst wrote into a field is taken out again, so that it is never an amount (X34). */
export const startScannerGun = (
  onCode: (text: string) => void,
  gapMs: number = usualGapMs,
): ScannerGun => {
  const answers = new WeakMap<KeyboardEvent, Promise<boolean>>();
  let before: { readonly field: Field; readonly value: string } | undefined;
  let holding = 0;
  const restore = (): void => {
    if (before === undefined || before.field.value === before.value) return;
    before.field.value = before.value;
    before.field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const filter = newBurstFilter((text) => {
    restore();
    onCode(cleanCode(text));
  }, gapMs);
  const remember = (target: EventTarget | null): void => {
    const field = fieldOf(target);
    if (holding === 0) before = field === undefined ? undefined : { field, value: field.value };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.repeat) return;
    if (event.key === "Enter" || event.key === "Tab") {
      if (!filter.close(event.timeStamp)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (!isCharacter(event)) return;
    remember(event.target);
    holding++;
    const answer = filter.key(event.key, event.timeStamp).finally(() => {
      holding--;
    });
    answers.set(event, answer);
    if (filter.inBurst()) event.preventDefault();
  };
  addEventListener("keydown", onKeyDown, { capture: true });
  return {
    accepts: (event) => answers.get(event) ?? true,
    takeText: (text, at) => {
      for (const character of text) void filter.key(character, at);
    },
    stop: () => {
      removeEventListener("keydown", onKeyDown, { capture: true });
      filter.drop();
    },
  };
};

/** A gun while the screen stands and `active` holds; the result answers for keypads and single keys. */
export const useScannerGun = (
  onCode: (text: string) => void,
  active = true,
): Pick<ScannerGun, "accepts" | "takeText"> => {
  const gun = useRef<ScannerGun | undefined>(undefined);
  const latest = useRef(onCode);
  latest.current = onCode;
  useLayoutEffect(() => {
    if (!active) return undefined;
    const started = startScannerGun((text) => latest.current(text));
    gun.current = started;
    return () => {
      gun.current = undefined;
      started.stop();
    };
  }, [active]);
  const stable = useRef<Pick<ScannerGun, "accepts" | "takeText">>({
    accepts: (event) => gun.current?.accepts(event) ?? true,
    takeText: (text, at) => gun.current?.takeText(text, at),
  });
  return stable.current;
};
