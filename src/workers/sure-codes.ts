import type { CodeFormat, Corner, DecodedCode } from "./decode.ts";

/** Equal reads before a code counts: the weaker its check, the more (scanner.md §7.3). */
const linesNeeded: Readonly<Record<CodeFormat, number>> = {
  qr: 1,
  data_matrix: 1,
  code_128: 2,
  ean_13: 3,
  ean_8: 4,
  itf: 4,
};

/** So many times as often as any other text at its place. */
const advantage = 4;
const margin = 0.1;

const boxOf = (corners: readonly Corner[]) => {
  const [across, down] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [top, bottom] = [Math.min(...down), Math.max(...down)];
  const room = margin * Math.max(right - left, bottom - top);
  return { left: left - room, right: right + room, top: top - room, bottom: bottom + room };
};

const overlap = (one: DecodedCode, other: DecodedCode): boolean => {
  const [a, b] = [boxOf(one.corners), boxOf(other.corners)];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
};

/** Not drawn of lines: its error correction tells a wrong read. */
const isMatrix = ({ format }: DecodedCode): boolean => format === "qr" || format === "data_matrix";

/** Code 128 and the two-dimensional codes are checked as a whole; a digit of the others is read wrongly now and then. */
const isChecked = (code: DecodedCode): boolean => isMatrix(code) || code.format === "code_128";

const isOutvoted = (code: DecodedCode, rival: DecodedCode): boolean =>
  rival.text !== code.text && code.lines < advantage * rival.lines && overlap(code, rival);

/** Whether a code was read often enough among all that was read. */
export const isSure = (code: DecodedCode, all: readonly DecodedCode[]): boolean =>
  code.lines >= linesNeeded[code.format] &&
  (isChecked(code) || !all.some((rival) => !isMatrix(rival) && isOutvoted(code, rival)));
