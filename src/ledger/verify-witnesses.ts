import { readPin, type Pin } from "./pins.ts";
import { checkpoint, witnessStatement } from "./tokens.ts";
import { linesOf, type End, type RootClaim } from "./verify-tail.ts";
import { openToken } from "./verify-tokens.ts";

/** Checkpoints of this chain; their roots are compared once all are known. */
export const readCheckpoints = async (end: End): Promise<readonly RootClaim[]> => {
  const claims: RootClaim[] = [];
  for (const { j, line } of linesOf(end, "cp")) {
    const read = await openToken(end.trust, j, "refund-cp+jwt", checkpoint);
    if (typeof read === "string") {
      end.report(read, { line });
      continue;
    }
    const { seq, head, root } = read.claims;
    const known = end.chain.hashes.get(seq);
    const isBeyond = seq >= end.chain.next;
    const isOther = known !== undefined && (known as string) !== head;
    if (read.kid !== end.chain.device || isBeyond || isOther) end.report("E_CONSISTENCY", { line });
    else claims.push({ size: seq + 1, root, code: "E_CONSISTENCY", at: { line } });
  }
  return claims;
};

/** Compares a pin with the chain; true when the chain holds what it names. */
const holdsPin = (end: End, pin: Pin, at: { line?: number; seq?: number }): boolean => {
  const known = end.chain.hashes.get(pin.seq);
  if (pin.seq >= end.chain.next) end.report("E_PIN_BEYOND_HEAD", { ...at, seq: pin.seq });
  else if (known !== undefined && (known as string) !== pin.hash)
    end.report("E_PIN_FORK", { ...at, seq: pin.seq });
  return (known as string | undefined) === pin.hash;
};

/** Witness statements in the file that the chain bears out. */
export const readWitnesses = async (end: End): Promise<readonly Pin[]> => {
  const pins: Pin[] = [];
  for (const { j, line } of linesOf(end, "wit")) {
    const read = await openToken(end.trust, j, "refund-wit+jwt", witnessStatement);
    if (typeof read === "string") {
      end.report(read, { line });
      continue;
    }
    const { k, s, head } = read.claims;
    const pin = { device: k, seq: s, hash: head, root: undefined };
    if ((k as string) !== end.chain.device) end.report("E_LINE_TYPE", { line });
    else if (read.kid === end.chain.device) end.report("E_KEY_ROLE", { line });
    else if (holdsPin(end, pin, { line })) pins.push(pin);
  }
  return pins;
};

/** Pins from outside the file: those the chain bears out, and the number that speak of other devices. */
export const readPins = async (end: End) => {
  const held: Pin[] = [];
  let foreign = 0;
  for (const text of end.pins) {
    const pin = await readPin(end.trust, text, end.chain.device);
    if (pin === "invalid") end.report("E_PIN_INVALID", {});
    else if (pin === "foreign") foreign++;
    else if (holdsPin(end, pin, {})) held.push(pin);
  }
  return { held, foreign };
};
