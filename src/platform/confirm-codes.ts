import type { DecodedCode } from "../workers/decode.ts";
import { isSure } from "../workers/sure-codes.ts";

/** Turns what single frames showed into the codes to act on, each one told once while in view. */
export type Confirm = (seen: readonly DecodedCode[], nowMs: number) => readonly DecodedCode[];

type Sight = {
  readonly code: DecodedCode;
  readonly lastMs: number;
  readonly lastFrame: number;
  readonly told: boolean;
};

const leftViewMs = 1000;
/** Longer than a frame of any camera: what takes turns with another code is seen with it. */
const settleMs = 120;
/** As many frames as the decoder's schedule has: a code may show in only one of them. */
const leftViewFrames = 6;

const keyOf = ({ format, text }: DecodedCode): string => `${format} ${text}`;

/**
 * A linear code counts after some equal reads, a QR code after one. It is told again only after it
 * was out of view for a second. The first sure code waits for one more frame and a moment, so that
 * several codes in view are told together, and of two that take turns none is picked by chance.
 */
export const createConfirm = (): Confirm => {
  let sights = new Map<string, Sight>();
  let frame = 0;
  let sureSinceMs: number | undefined;

  const remember = (seen: readonly DecodedCode[], nowMs: number): void => {
    const inView = ({ lastMs, lastFrame }: Sight): boolean =>
      nowMs - lastMs < leftViewMs || frame - lastFrame <= leftViewFrames;
    sights = new Map([...sights].filter(([, sight]) => inView(sight)));
    for (const code of seen) {
      const before = sights.get(keyOf(code));
      const lines = (before?.code.lines ?? 0) + code.lines;
      const told = before?.told ?? false;
      const all = { ...code, lines };
      sights.set(keyOf(code), { code: all, lastMs: nowMs, lastFrame: frame, told });
    }
  };

  return (seen, nowMs) => {
    frame += 1;
    remember(seen, nowMs);
    const inView = [...sights.values()].map(({ code }) => code);
    const fresh = [...sights.values()].filter(({ code, told }) => !told && isSure(code, inView));
    if (fresh.length === 0) sureSinceMs = undefined;
    else if (sureSinceMs === undefined) sureSinceMs = nowMs;
    if (sureSinceMs === undefined || nowMs - sureSinceMs < settleMs) return [];
    sureSinceMs = undefined;
    for (const sight of fresh) sights.set(keyOf(sight.code), { ...sight, told: true });
    return fresh.map(({ code }) => code);
  };
};
