/** Widths of light and dark in turn along a line, in pixels; light is first and last, though it may have no width. */
export type LineRuns = Float32Array;

const blockSize = 16;
const reach = 3;
const leastStep = 6;

/** What is around each block of a profile: brightest minus darkest of what is near, and half-way between them. */
type Around = { readonly contrast: Float32Array; readonly middle: Float32Array };

export const aroundOf = (profile: Float32Array): Around => {
  const blocks = Math.ceil(profile.length / blockSize);
  const low = new Float32Array(blocks);
  const high = new Float32Array(blocks);
  for (let block = 0, at = 0; block < blocks; block++) {
    let [least, most] = [255, 0];
    for (const end = Math.min(profile.length, at + blockSize); at < end; at++) {
      const value = profile[at] ?? 0;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    low[block] = least;
    high[block] = most;
  }
  const contrast = new Float32Array(blocks);
  const middle = new Float32Array(blocks);
  for (let block = 0; block < blocks; block++) {
    let [least, most] = [255, 0];
    const end = Math.min(blocks, block + reach + 1);
    for (let near = Math.max(0, block - reach); near < end; near++) {
      least = Math.min(least, low[near] ?? 255);
      most = Math.max(most, high[near] ?? 0);
    }
    contrast[block] = most - least;
    middle[block] = (most + least) / 2;
  }
  return { contrast, middle };
};

const pull = 0.5;
const mostOff = 0.3;

/**
 * Where a profile passes from an extreme to the next: half-way between both, drawn towards half-way between light and dark
 * around, for a narrow bar that is not quite dark lies higher than its edges.
 */
const crossing = (profile: Float32Array, from: number, to: number, around: Around): number => {
  const [first = 0, last = 0] = [profile[from], profile[to]];
  const between = (first + last) / 2;
  const room = Math.abs(last - first) * mostOff;
  const wanted = ((around.middle[(from + to) >> 5] ?? between) - between) * pull;
  const middle = between + Math.min(room, Math.max(-room, wanted));
  const sign = last > first ? 1 : -1;
  let at = from + 1;
  while (at < to && ((profile[at] ?? 0) - middle) * sign < 0) at++;
  const [before, after] = [profile[at - 1] ?? 0, profile[at] ?? 0];
  return at - 1 + (middle - before) / (after - before);
};

/** A line that begins in the dark has a light run without width before it. */
const edgesBefore = (
  profile: Float32Array,
  around: Around,
  light: number,
  step: number,
): readonly number[] => {
  let dark = 0;
  for (let at = 1; at < light; at++) if ((profile[at] ?? 0) < (profile[dark] ?? 0)) dark = at;
  const isDark = (profile[light] ?? 0) - (profile[dark] ?? 0) >= step;
  return isDark ? [0, crossing(profile, dark, light, around)] : [];
};

/**
 * Bars and spaces of a line: wherever it turns by more than `keen` of the contrast around, an extreme is passed; an edge
 * lies about half-way between two extremes. Blurred narrow bars stay visible, which no fixed threshold shows.
 */
export const runsOf = (profile: Float32Array, around: Around, keen: number): LineRuns => {
  const edges: number[] = [];
  let sign = 1; // 1 on the way to the next light, -1 on the way to the next dark
  let extreme = 0; // the place of the extreme that is being looked for
  let before = -1; // the place of the extreme before it
  for (let at = 1; at < profile.length; at++) {
    const value = profile[at] ?? 0;
    const turn = ((profile[extreme] ?? 0) - value) * sign;
    if (turn <= 0) extreme = at;
    else if (turn > Math.max(leastStep, keen * (around.contrast[at >> 4] ?? 0))) {
      if (before < 0) edges.push(...edgesBefore(profile, around, extreme, turn));
      else edges.push(crossing(profile, before, extreme, around));
      before = extreme;
      extreme = at;
      sign = -sign;
    }
  }
  if (before >= 0) edges.push(crossing(profile, before, extreme, around));
  if (edges.length % 2 === 1) edges.push(profile.length);
  const runs = new Float32Array(edges.length + 1);
  let last = 0;
  for (let index = 0; index <= edges.length; index++) {
    const edge = edges[index] ?? profile.length;
    runs[index] = edge - last;
    last = edge;
  }
  return runs;
};
