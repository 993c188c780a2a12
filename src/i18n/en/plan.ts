import type { Area } from "../area.ts";
import type { plan as zhCn } from "../zh-cn/plan.ts";

export const plan: Area<typeof zhCn> = {
  "plan.title": "Submission plan",
  "plan.lead": "An estimate: it changes no record, and no portal is bound by it",
  "plan.empty": "No refunds to submit",
  "plan.held": "{n} more cannot go now; Export says why",

  "plan.fails": "If all went now, the first to fail is …{tail} ({amount})",
  "plan.fits": "Enough for all",
  "plan.no_promise": "Balance not known: ordered by deadline only",
  "plan.top_up": "Top up {amount} and all can go",
  "plan.top_up_or": "Top up {amount}, or wait for tomorrow's takings",
  "plan.today": { one: "{n} ends today", other: "{n} end today" },

  "plan.available": "Estimated available",
  "plan.unknown": "Unknown",
  "plan.why": "Because",
  "plan.why.balance": "balance {amount}, entered {time}",
  "plan.why.balance_old": "that balance is not of today: look again to be surer",
  "plan.why.balance_settled": "the balance entered {time} was settled since: not counted",
  "plan.why.no_balance": "no balance was entered",
  "plan.why.no_float": "settled at once and no float entered: counted as 0",
  "plan.why.takings": "today's takings, at least {amount}",
  "plan.why.takings_gone": "settled at once: today's takings are gone, not counted",
  "plan.why.takings_apart": "refunds are paid from the account: today's takings not counted",
  "plan.why.settlement_unknown": "settlement not set: today's takings may be gone, not counted",
  "plan.why.source_unknown": "not known what refunds are paid from: takings not counted",
  "plan.why.under_way": "{n} submitted or about to be: less {amount}",
  "plan.why.voids": "payments to be voided: less {amount}",
  "plan.why.ask_first": "settled at once: ask the acquirer first whether refunds work",
  "plan.why.not_counted": "too many records since to add up: enter the balance again",

  "plan.step.now": "Submit now · {n}, {amount}",
  "plan.step.later": "Submit later · {n}, {amount}",
  "plan.step.wait": "Wait for a top-up · {n}, {amount}",
  "plan.step.never": "Not possible this way · {n}, {amount}",
  "plan.item.fits": "enough, {amount} left after it",
  "plan.item.short": "not enough, only {amount} left",
  "plan.item.spacing": "same payment: not before {time}",
  "plan.item.hours": "outside hours: from {time}",
  "plan.item.void": "voided at the terminal, asks no balance",
  "plan.item.no_promise": "balance not known, no promise",
  "plan.item.too_late": "too late: choose another way",
  "plan.item.d0_blocked": "settled at once, no refunds: choose another way",

  "plan.balance": "Available balance in the portal",
  "plan.balance_help":
    "Read it off the acquirer's portal. Kept on this device only; empty means not known",
  "plan.choose": "Export these",
  "plan.only": "Only what the submission plan says can go now",
};
