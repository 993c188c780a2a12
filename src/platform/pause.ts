import { turn } from "../workers/turn.ts";

/** Less than a frame takes: the page stays quick, and its turns cost next to nothing. */
const workMs = 12;

let last = 0;

/** Lets the page draw and answer taps once enough was done. */
export const pause = async (): Promise<void> => {
  if (performance.now() - last < workMs) return;
  await turn();
  last = performance.now();
};
