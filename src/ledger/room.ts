import type { Bytes } from "./record.ts";

/** Bytes that nobody keeps, of any length; what stands in it lasts until the next call. */
export type Room = (length: number) => Bytes;

/** Longer ones are rare and get a buffer of their own. */
export const roomSize = 1 << 13;

/**
 * One buffer and one view of it for each length. A browser keeps every view that its own functions have seen, with the
 * memory behind it, until it collects the whole heap: with a new one for each text that is more than the records.
 */
export const newRoom = (): Room => {
  const whole = new Uint8Array(roomSize);
  const views = new Map<number, Bytes>();
  return (length) => {
    if (length > roomSize) return new Uint8Array(length);
    const view = views.get(length) ?? whole.subarray(0, length);
    views.set(length, view);
    return view;
  };
};

/** The same bytes for a function of the browser that is done with them before the next call. */
export const inRoom = <T extends Uint8Array>(room: Room, bytes: T): T | Bytes => {
  if (bytes.length > roomSize) return bytes;
  const copy = room(bytes.length);
  copy.set(bytes);
  return copy;
};
