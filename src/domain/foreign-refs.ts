import type { DeviceId, RecordRef } from "./ids.ts";
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
    case "notice":
    case "goods":
    case "decide":
      return [event.refund];
    case "contact":
      return [event.about];
    case "refund":
      return [event.reopens];
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
 * Whether an event would do something to another device's refund: only a result may be told of it, with its hash
 * (refundlog.md §16).
 */
export const actsElsewhere = (event: JournalEvent, device: DeviceId): boolean =>
  refundsOf(event).some((ref) => ref !== undefined && ref.device !== device);
