import type { Area } from "../area.ts";
import type { policy as zh } from "../zh-cn/policy.ts";

/** Words of policy; keys begin with "policy.". */
export const policy: Area<typeof zh> = {
  "policy.title": "Refund policy",
  "policy.version": "In force",
  "policy.version_n": "Version {n}",
  "policy.since": "Since",
  "policy.show": "Show the customer",
  "policy.shown": "The customer saw it",
  "policy.was_shown": "shown to the customer",
  "policy.save": "Save new version",
  "policy.saved": "Version {n} is in force",
  "policy.unchanged": "Nothing changed, still version {n}",
  "policy.voids_rights":
    "“{words}” takes away rights that consumers have by law and is void (Consumer Protection Law, Art. 24–26). Write it differently",

  "policy.windows": "Periods",
  "policy.window_days": "Refund within how many days of payment",
  "policy.window_days_help": "Business days, the last one included. After that a lead must agree",
  "policy.cooling_off_days": "Changed mind, within how many days",
  "policy.cooling_off_days_help":
    "Changed mind, wrong size and every reason set to “within the period”",

  "policy.proof": "Proof",
  "policy.receipt_required": "Proof of payment needed",
  "policy.receipt_required_help": "Without it a lead must agree",
  "policy.unused_required": "Returned goods unused and complete",
  "policy.unused_required_help": "Otherwise a lead must agree",
  "policy.photo_from": "Photo of the goods from this amount on",
  "policy.typed_twice_from": "Amount typed twice from this amount on",

  "policy.goods": "Goods",
  "policy.excluded_goods": "Goods not taken back without a cause",
  "policy.excluded_goods_help":
    "One word per line, such as custom-made, fresh. Faulty ones are refunded all the same",

  "policy.role.clerk": "A clerk refunds alone",
  "policy.role.lead": "A lead refunds alone",
  "policy.limit.amount": "At most, per refund",
  "policy.limit.days": "Within days of payment",
  "policy.limit.refunds": "Most refunds of one payment",
  "policy.limit_help": "Leave empty for no limit. Above it the next one up must agree",

  "policy.reasons": "What happens for each reason",
  "policy.eligible.yes": "Refund at once",
  "policy.eligible.in_window": "Within the period",
  "policy.eligible.approval": "Needs approval",
  "policy.eligible.no": "Only the owner approves",

  "policy.text": "What customers read",
  "policy.text_zh": "Chinese",
  "policy.text_en": "English",
  "policy.text_help": "Leave empty to have it written from the rules above",

  "policy.poster": "Policy poster",
  "policy.poster.size": "Paper",
  "policy.poster.a4": "A4 poster",
  "policy.poster.a6": "A6 card",
  "policy.poster.root": "Shop fingerprint",
  "policy.poster.print": "Print the poster",
  "policy.public.code": "Scan to read it, no network needed",
  "policy.public.version": "Version {n}, since {date}",
  "policy.public.same_day": "Refunds on the day of payment.",
  "policy.public.window": {
    one: "Refunds within {n} day of payment.",
    other: "Refunds within {n} days of payment.",
  },
  "policy.public.cooling_off": {
    one: "If you only changed your mind: within {n} day.",
    other: "If you only changed your mind: within {n} days.",
  },
  "policy.public.receipt":
    "Please show your proof of payment: wallet bill, receipt or order number.",
  "policy.public.unused": "Returned goods must be unused and complete.",
  "policy.public.excluded": "Not taken back without a cause: {goods}.",
  "policy.public.faulty":
    "Faulty goods are returned, replaced or repaired as the law provides, whatever is said above.",
  "policy.public.original": "Refunds go back to the account that paid.",
};
