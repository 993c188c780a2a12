import { correction, generate, mode } from "lean-qr";

/** Frames a second that a person can choose. */
export const speeds = ["2", "5", "10", "15"] as const;

export type Speed = (typeof speeds)[number];

const quiet = 4;
const black = [0, 0, 0, 255] as const;
const white = [255, 255, 255, 255] as const;

/** Draws one code, a pixel for each module; the style sheet makes it large. Capitals and digits are packed densely. */
export const drawCode = (canvas: HTMLCanvasElement, text: string): void =>
  generate(mode.alphaNumeric(text), { minCorrectionLevel: correction.L }).toCanvas(canvas, {
    on: black,
    off: white,
    padX: quiet,
    padY: quiet,
  });

/** A frame may come a little early: screens refresh at their own pace. */
const slackMs = 4;

/** Calls for the next frame at that pace until it is stopped; rests by itself while the page is hidden. */
export const playFilm = (next: () => void, speed: () => Speed): (() => void) => {
  let last = -Infinity;
  let request = 0;
  const look = (now: number): void => {
    if (now - last >= 1000 / Number(speed()) - slackMs) {
      last = now;
      next();
    }
    request = requestAnimationFrame(look);
  };
  request = requestAnimationFrame(look);
  return () => cancelAnimationFrame(request);
};
