/** A number cell; the channels write `0`, `/` or nothing where there is none. */
export const findNumber = (cell: string): string | undefined =>
  cell === "" || cell === "0" || cell === "/" ? undefined : cell;

/** Whether a spreadsheet program ruined this number: written as 4.2E+27 (payments-cn.md §4.1). */
const isScientific = (cell: string): boolean =>
  cell.includes("+") && /^\d(?:\.\d+)?E\+\d+$/i.test(cell);

/** Whether a long channel number lost all but the 15 digits that spreadsheets keep. */
const isRoundedOff = (cell: string): boolean =>
  cell.endsWith("000000") && /^\d{15}0{6,}$/.test(cell);

/** A column of numbers by its place and name; a merchant's own may end in noughts, a channel's long ones do not. */
export type NumberColumn = readonly [column: number, name: string, isChannels: boolean];

/** The name of the first of these columns in which a spreadsheet program ruined the number. */
export const findDamaged = (
  cell: (column: number) => string,
  columns: readonly NumberColumn[],
): string | undefined => {
  for (const [column, name, isChannels] of columns) {
    const number = cell(column);
    if (isScientific(number) || (isChannels && isRoundedOff(number))) return name;
  }
  return undefined;
};
