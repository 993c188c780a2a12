/** A number cell; the channels write `0`, `/` or nothing where there is none. */
export const findNumber = (cell: string): string | undefined =>
  cell === "" || cell === "0" || cell === "/" ? undefined : cell;

/** Whether a spreadsheet program ruined this number: written as 4.2E+27 (payments-cn.md §4.1). */
export const isScientific = (cell: string): boolean =>
  cell.includes("+") && /^\d(?:\.\d+)?E\+\d+$/i.test(cell);

/** Whether a long channel number lost all but the 15 digits that spreadsheets keep. */
export const isRoundedOff = (cell: string): boolean =>
  cell.endsWith("000000") && /^\d{15}0{6,}$/.test(cell);
