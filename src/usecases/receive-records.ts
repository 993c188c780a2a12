import { fail, ok, type Result } from "../domain/result.ts";
import { newUrReader, type UrStep } from "../ledger/ur/read-ur.ts";

/** What the films of another phone's codes have brought so far. */
export type Reception = {
  readonly got: number;
  /** So many parts that say something new are needed. */
  readonly of: number;
};

export type ReceiveFault = {
  readonly kind: "transfer_other" | "transfer_damaged" | "transfer_unreadable";
};

type Unpack = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** One step of receiving. A code that is no part, a payment code above all, is `ignored` and kept nowhere. */
export type ReceiveStep =
  | { readonly kind: "ignored" }
  | { readonly kind: "progress"; readonly reception: Reception }
  | { readonly kind: "complete"; readonly packed: Uint8Array<ArrayBuffer> }
  | { readonly kind: "refused"; readonly fault: ReceiveFault };

export type Receiver = {
  readonly take: (text: string) => ReceiveStep;
  /** The parts that count, as texts: given to a new receiver they bring it as far as this one. */
  readonly parts: () => readonly string[];
  /** Undefined before the first part. */
  readonly reception: () => Reception | undefined;
};

const stepOf = (step: UrStep): ReceiveStep => {
  switch (step.kind) {
    case "foreign":
    case "known":
      return { kind: "ignored" };
    case "useful":
      return { kind: "progress", reception: { got: step.got, of: step.of } };
    case "complete":
      return { kind: "complete", packed: step.bytes };
    case "other_message":
      return { kind: "refused", fault: { kind: "transfer_other" } };
    case "checksum_wrong":
      return { kind: "refused", fault: { kind: "transfer_damaged" } };
  }
};

/** A receiver that goes on where an earlier one stopped. */
export const newReceiver = (before: readonly string[] = []): Receiver => {
  const reader = newUrReader();
  const parts: string[] = [];
  let reception: Reception | undefined;
  const take = (text: string): ReceiveStep => {
    const step = reader.take(text);
    if (step.kind === "useful") {
      parts.push(text);
      reception = { got: step.got, of: step.of };
    }
    return stepOf(step);
  };
  for (const text of before) take(text);
  return { take, parts: () => parts, reception: () => reception };
};

/** Parts that an earlier visit kept, as another build may have kept them. */
export const parseKeptParts = (kept: unknown): readonly string[] | undefined =>
  Array.isArray(kept) && kept.every((part) => typeof part === "string") ? kept : undefined;

/** The journal package inside what was received. */
export const openTransfer = async (
  packed: Uint8Array<ArrayBuffer>,
  unpack: Unpack,
): Promise<Result<File, ReceiveFault>> => {
  const bytes = await unpack(packed);
  if (bytes === undefined) return fail({ kind: "transfer_unreadable" });
  return ok(new File([bytes], "received.refundlog", { type: "application/vnd.refundlog" }));
};
