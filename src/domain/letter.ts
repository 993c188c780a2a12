import {
  dateOf,
  secondsOf,
  wallClock,
  writeWithOffset,
  type Instant,
  type Zone,
} from "./instant.ts";
import { cleanText } from "./typed-text.ts";

/** A message to the shop's own mailbox; whatever its texts hold, only its writer makes lines of a header. */
export type Letter = {
  /** The shop's address: the letter goes from it to itself. */
  readonly mail: string;
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  readonly at: Instant;
  readonly zone: Zone;
  /** Left of the @ of its Message-ID: letters, digits, dots. */
  readonly id: string;
};

const encoder = new TextEncoder();
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 with its padding (RFC 4648 §4). */
const base64 = (text: string): string => {
  const bytes = encoder.encode(text);
  let coded = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) coded += alphabet.charAt((word >> shift) & 63);
  }
  const padding = (3 - (bytes.length % 3)) % 3;
  return coded.slice(0, coded.length - padding) + "=".repeat(padding);
};

const local = "[!#$%&'*+/=?^_`{|}~0-9A-Za-z-]+";
const label = "[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?";
const mailbox = new RegExp(
  `^(?=.{3,254}$)(?=[^@]{1,64}@)${local}(?:\\.${local})*@${label}(?:\\.${label})+$`,
);

/** An address that any mail program takes (RFC 5322 §3.4.1, dot-atoms only); undefined for anything else. */
export const findMailbox = (text: string | undefined): string | undefined => {
  const typed = text?.trim() ?? "";
  return mailbox.test(typed) ? typed : undefined;
};

/** One line of it: what breaks lines is a space. */
const oneLine = (text: string): string => cleanText(text.replace(/\s+/g, " "));

const wordBytes = 39;

const pieces = (text: string): readonly string[] => {
  const found: string[] = [];
  let piece = "";
  for (const character of text) {
    if (encoder.encode(piece + character).length > wordBytes) {
      found.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
};

/** Any text in a header as encoded words of whole characters, none over 75, each line within 76 (RFC 2047 §2). */
const encodedWords = (text: string): string =>
  pieces(oneLine(text))
    .filter((piece) => piece !== "")
    .map((piece) => `=?UTF-8?B?${base64(piece)}?=`)
    .join("\r\n ");

const days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]; // 1970-01-01 was a Thursday
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `Sun, 22 Nov 2026 14:02:00 +0800` by the shop's clock (RFC 5322 §3.3). */
export const mailDate = (at: Instant, zone: Zone): string => {
  const clock = wallClock(at, zone);
  const number = secondsOf(`${dateOf(clock)}T00:00:00Z` as Instant) / 86_400;
  const [, time = "", offset = ""] = /T(.{8})(.*)$/.exec(writeWithOffset(at, zone)) ?? [];
  const month = months[clock.month - 1] ?? "";
  return `${days[number % 7] ?? ""}, ${clock.day} ${month} ${clock.year} ${time} ${offset.replace(":", "")}`;
};

/** Every end of a line as mail writes it; the body has no other control characters. */
const mailLines = (text: string): string =>
  cleanText(text.replace(/\r\n?/g, "\n")).replaceAll("\n", "\r\n");

const wrapped = (coded: string): string => coded.replace(/.{76}(?=.)/g, "$&\r\n");

/** The whole message as it stands in an `.eml` file: ASCII, CRLF, text in base64 (RFC 5322, RFC 2045). */
export const writeLetter = (letter: Letter): string => {
  if (findMailbox(letter.mail) !== letter.mail) throw new Error("a letter needs a checked address");
  const { mail, name, subject, text, at, zone } = letter;
  return [
    `From: ${encodedWords(name)}`,
    ` <${mail}>`,
    `To: ${mail}`,
    `Subject: ${encodedWords(subject)}`,
    `Date: ${mailDate(at, zone)}`,
    `Message-ID: <${letter.id.replace(/[^0-9A-Za-z.]/g, "")}@refund-desk.invalid>`,
    "X-Unsent: 1", // mail programs that know it open a draft with a button to send
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: base64",
    "",
    wrapped(base64(mailLines(text))),
    "",
  ].join("\r\n");
};

/** Longer links are cut by Windows and by mail programs. */
const longestLink = 2000;

/** The longest beginning of whole lines whose link is short enough. */
const fitting = (lines: readonly string[], room: number): string => {
  for (let count = lines.length; count > 0; count--) {
    const kept = lines.slice(0, count).join("\r\n") + (count < lines.length ? "\r\n…" : "");
    const coded = encodeURIComponent(kept);
    if (coded.length <= room) return coded;
  }
  return "";
};

/** A link that opens the mail program with the letter in it, cut after whole lines where it gets too long (RFC 6068). */
export const mailtoLink = ({ mail, subject, text }: Pick<Letter, "mail" | "subject" | "text">) => {
  const to = encodeURIComponent(mail).replace("%40", "@");
  const head = `mailto:${to}?subject=${encodeURIComponent(oneLine(subject))}&body=`;
  return head + fitting(mailLines(text).split("\r\n"), longestLink - head.length);
};
