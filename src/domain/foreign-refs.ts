import type { DeviceId, Hash, RecordRef } from "./ids.ts";
import type { JournalEvent } from "./journal-event.ts";

const resultStates: ReadonlySet<string> = new Set([
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
  "succeeded",
  "failed",
  "closed",
  "reversed",
]);

const refundsOf = (event: JournalEvent): readonly (RecordRef | undefined)[] => {
  switch (event.kind) {
    case "withdraw":
    case "decide":
      return [event.refund];
    case "notice":
    case "goods":
      return event.refundHash === undefined ? [event.refund] : [];
    case "contact":
      return event.refundHash === undefined ? [event.about] : [];
    case "refund":
      return [event.reopens];
    case "claim":
      return [event.replaces, event.refund];
    case "money":
      return resultStates.has(event.state) && event.refundHashes !== undefined ? [] : event.refunds;
    case "genesis":
    case "payment":
    case "import":
    case "policy":
    case "staff":
    case "export":
    case "close":
    case "gap":
    case "ack":
    case "wit":
    case "rotate":
    case "erase":
      return [];
  }
};

/**
 * Whether an event would do something to another chain's refund that only that chain may; what became of it may be told of
 * it, with its hash (refundlog.md §16).
 */
export const actsElsewhere = (event: JournalEvent, device: DeviceId): boolean =>
  refundsOf(event).some((ref) => ref !== undefined && ref.device !== device);

/** Refunds of other chains that an event tells something of which any chain may tell. */
export const toldElsewhere = (event: JournalEvent, device: DeviceId): readonly RecordRef[] => {
  const told = event.kind === "notice" || event.kind === "goods" || event.kind === "contact";
  const isResult = event.kind === "money" && resultStates.has(event.state);
  if (!told && !isResult) return [];
  return refundsOf(event).filter(
    (ref): ref is RecordRef => ref !== undefined && ref.device !== device,
  );
};

/** The same event with the hashes of the refunds of another chain that it names. */
export const withHashes = (event: JournalEvent, hashes: readonly Hash[]): JournalEvent => {
  const [refundHash] = hashes;
  if (refundHash === undefined) return event;
  if (event.kind === "money") return { ...event, refundHashes: hashes };
  return event.kind === "notice" || event.kind === "goods" || event.kind === "contact"
    ? { ...event, refundHash }
    : event;
};
