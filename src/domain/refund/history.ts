import type { EraseEvent } from "../erase-event.ts";
import { given } from "../given.ts";
import type { RecordRef, StaffId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type {
  ContactEvent,
  DecideEvent,
  GoodsEvent,
  MoneyEvent,
  NoticeEvent,
  Recorded,
  RefundEvent,
  WithdrawCause,
  WithdrawEvent,
} from "../journal-event.ts";

export type CaseEvent =
  | RefundEvent
  | WithdrawEvent
  | DecideEvent
  | GoodsEvent
  | ContactEvent
  | MoneyEvent
  | NoticeEvent
  | EraseEvent;

/** What a record of a case said, as far as its timeline tells it. */
export type Told =
  | { readonly kind: "recorded"; readonly attempt: number }
  | { readonly kind: "withdrawn"; readonly why: WithdrawCause }
  | {
      readonly kind: "decided";
      readonly about: DecideEvent["about"];
      readonly result: DecideEvent["result"];
      readonly method?: DecideEvent["method"];
      readonly reason?: string;
    }
  | { readonly kind: "goods"; readonly state: GoodsEvent["state"] }
  | {
      readonly kind: "contact";
      readonly with: ContactEvent["with"];
      readonly via: ContactEvent["via"];
      readonly ticket?: string;
      readonly tags: readonly string[];
      readonly files: number;
      /** How satisfied the customer was, 1 to 5 (R54). */
      readonly score?: number;
      readonly next?: Instant;
    }
  | {
      readonly kind: "notice";
      readonly to: NoticeEvent["to"];
      readonly via: NoticeEvent["via"];
      readonly state: NoticeEvent["state"];
      readonly copy?: number;
    }
  | {
      readonly kind: "money";
      readonly state: MoneyEvent["state"];
      readonly by: MoneyEvent["by"];
      readonly at?: Instant;
      readonly reference?: string;
      readonly out?: MoneyEvent["out"];
    }
  | { readonly kind: "erased"; readonly why: EraseEvent["why"]; readonly record: RecordRef };

/** One line of the case's timeline: which record, who, when, and what it said. */
export type HistoryEntry = {
  readonly ref: RecordRef;
  readonly at: Instant;
  readonly staff: StaffId;
  readonly told: Told;
  readonly text?: string;
  /** How the customer can be reached, as far as they said. */
  readonly reach?: string;
  /** What it said of the customer was erased. */
  readonly erased?: true;
};

const toldMoney = (event: MoneyEvent): Told => {
  const reference = event.channelRefundNo ?? event.ticket ?? event.batch?.id ?? event.raw?.["code"];
  return {
    kind: "money",
    state: event.state,
    by: event.by,
    ...given("at", event.at),
    ...given("reference", reference),
    ...given("out", event.out),
  };
};

const toldContact = (event: ContactEvent): Told => ({
  kind: "contact",
  with: event.with,
  via: event.via,
  tags: event.tags ?? [],
  files: event.evidence?.length ?? 0,
  ...given("ticket", event.ticket),
  ...given("score", event.score),
  ...given("next", event.next),
});

const toldDecision = (event: DecideEvent): Told => ({
  kind: "decided",
  about: event.about,
  result: event.result,
  ...given("method", event.method),
  ...given("reason", event.reason),
});

const toldOf = (event: CaseEvent): Told => {
  switch (event.kind) {
    case "refund":
      return { kind: "recorded", attempt: event.attempt };
    case "withdraw":
      return { kind: "withdrawn", why: event.why };
    case "decide":
      return toldDecision(event);
    case "goods":
      return { kind: "goods", state: event.state };
    case "contact":
      return toldContact(event);
    case "notice": {
      const { to, via, state } = event;
      return { kind: "notice", to, via, state, ...given("copy", event.copy) };
    }
    case "money":
      return toldMoney(event);
    case "erase":
      return { kind: "erased", why: event.why, record: event.record };
  }
};

/** The line that a record adds to the timeline of its case. */
export const historyEntry = ({
  event,
  personal,
  ref,
  at,
  staff,
}: Recorded<CaseEvent>): HistoryEntry => ({
  ref,
  at,
  staff: event.kind === "decide" ? (event.approver ?? staff) : staff,
  told: toldOf(event),
  ...given("text", personal?.text),
  ...given("reach", personal?.phone),
});

/** The line of a record whose personal part is gone. */
export const forgetEntry = (entry: HistoryEntry): HistoryEntry => {
  const { text: _, reach: _reach, ...rest } = entry;
  return { ...rest, erased: true };
};
