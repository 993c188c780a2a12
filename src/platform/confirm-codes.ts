import type { DecodedCode } from "../workers/decode.ts";
import { isSure } from "../workers/sure-codes.ts";

/** Turns what single frames showed into the codes to act on, each one once while in view. */
type Confirm = {
  /** What is sure and was not told, and for how long the first of it has been sure. */
  readonly see: (
    seen: readonly DecodedCode[],
    nowMs: number,
  ) => { readonly sure: readonly DecodedCode[]; readonly forMs: number };
  /** They are not sure again before they were out of view. */
  readonly tell: (codes: readonly DecodedCode[]) => void;
};

type Sight = {
  readonly code: DecodedCode;
  readonly lastMs: number;
  readonly lastFrame: number;
  /** Names of all that were told with it, itself among them; undefined while it was not. */
  readonly toldWith: readonly string[] | undefined;
};

const leftViewMs = 1000;
/** As many frames as the decoder's schedule has: a code may show in only one of them. */
const leftViewFrames = 6;

const keyOf = ({ format, text }: DecodedCode): string => `${format} ${text}`;

/**
 * A linear code counts after some equal reads, a QR code after one. It is sure again only after it
 * was out of view for a second. The first sure code waits for one more frame, so that several
 * codes in view are told together; who wants only one takes none of them then, so what is left
 * once all others are out of view is told again.
 */
export const createConfirm = (): Confirm => {
  let sights = new Map<string, Sight>();
  let frame = 0;
  let sinceMs: number | undefined;

  const isLeft = (key: string, { toldWith = [] }: Sight): boolean =>
    toldWith.length > 1 && toldWith.every((one) => one === key || !sights.has(one));

  const remember = (seen: readonly DecodedCode[], nowMs: number): void => {
    const inView = ({ lastMs, lastFrame }: Sight): boolean =>
      nowMs - lastMs < leftViewMs || frame - lastFrame <= leftViewFrames;
    sights = new Map([...sights].filter(([, sight]) => inView(sight)));
    for (const [key, sight] of sights)
      if (isLeft(key, sight)) sights.set(key, { ...sight, toldWith: undefined });
    for (const code of seen) {
      const before = sights.get(keyOf(code));
      const lines = (before?.code.lines ?? 0) + code.lines;
      const all = { ...code, lines };
      const toldWith = before?.toldWith;
      sights.set(keyOf(code), { code: all, lastMs: nowMs, lastFrame: frame, toldWith });
    }
  };

  const findSure = (): readonly DecodedCode[] => {
    const all = [...sights.values()];
    const inView = all.map(({ code }) => code);
    return all
      .filter(({ code, toldWith }) => toldWith === undefined && isSure(code, inView))
      .map(({ code }) => code);
  };

  return {
    see: (seen, nowMs) => {
      frame += 1;
      remember(seen, nowMs);
      const sure = findSure();
      const beganMs = sinceMs;
      sinceMs = sure.length === 0 ? undefined : (beganMs ?? nowMs);
      return beganMs === undefined ? { sure: [], forMs: 0 } : { sure, forMs: nowMs - beganMs };
    },
    tell: (codes) => {
      if (codes.length > 0) sinceMs = undefined;
      const toldWith = codes.map(keyOf);
      for (const key of toldWith) {
        const sight = sights.get(key);
        if (sight !== undefined) sights.set(key, { ...sight, toldWith });
      }
    },
  };
};
