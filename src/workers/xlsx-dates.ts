import { instantFromSeconds } from "../domain/instant.ts";
import { attribute, elementsIn, readText } from "./xlsx-parts.ts";

const secondsOfDay = 86_400;
/** Days from the spreadsheets' day 0 to 1970, and from there to that of old Macs. */
const daysBefore1970 = 25_569;
const macDays = 1462;

const idOf = attribute("numFmtId");
const codeOf = attribute("formatCode");

/** Formats that every spreadsheet knows by number alone. */
const isKnownDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** No spreadsheet lets a number format be longer, and what a bracket opens is sought to the end. */
const longestCode = 255;

/** Words and colours in a format say nothing about what it is for. */
const isDateCode = (code: string): boolean =>
  /[ymdhs]/i.test(
    readText(code)
      .slice(0, longestCode)
      .replace(/"[^"]*"|\[[^\]]*\]|\\./g, ""),
  );

/** Whether a number format, known by its number or by its own code, shows times. */
export const isDateFormat = (id: number, code: string | undefined): boolean =>
  code === undefined ? isKnownDate(id) : isDateCode(code);

/** Which styles of a workbook show numbers as times. */
export const dateStyles = (styles: string): ReadonlySet<string> => {
  const own = new Map(
    elementsIn(styles, "numFmt").map((one) => [idOf(one), isDateCode(codeOf(one) ?? "")]),
  );
  const formats = elementsIn(elementsIn(styles, "cellXfs")[0]?.inner ?? "", "xf");
  const dates = formats.flatMap((format, at) => {
    const id = idOf(format);
    return (own.get(id) ?? isKnownDate(Number(id))) ? [String(at)] : [];
  });
  return new Set(dates);
};

/** A number of days as statements write times, to the second; anything that is none stays as it is. */
export const writeDays = (value: string, since1904: boolean): string => {
  const days = Number(value) + (since1904 ? macDays : 0);
  if (!(days >= 1 && days < 2_958_466)) return value;
  const at = instantFromSeconds(Math.round((days - daysBefore1970) * secondsOfDay));
  return `${at.slice(0, 10)} ${at.slice(11, 19)}`;
};
