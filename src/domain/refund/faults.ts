import type { ExcessFault } from "../claim-fault.ts";
import type { LineFault } from "../goods-lines.ts";
import type { Money } from "../money.ts";
import type { RuleName } from "../policy/index.ts";
import type { Action } from "../rights.ts";
import type { RefundCase } from "./case.ts";
import type { Gate } from "./gate.ts";

/** This person may not do that, not even when another one approves; somebody who may can be asked. */
export type NotEntitled = { readonly kind: "not_entitled"; readonly action: Action };

/** Why a step of a refund is refused; every kind has its sentence in both languages. */
export type RefundFault =
  | { readonly kind: "gate_closed"; readonly gate: Exclude<Gate, { kind: "refund" }> }
  | { readonly kind: "amount_zero" }
  | { readonly kind: "amount_currency"; readonly currency: string }
  | { readonly kind: "over_remaining"; readonly remaining: Money }
  /** More than this device's share of the payment leaves it (X10). */
  | { readonly kind: "over_share"; readonly left: Money }
  | { readonly kind: "amount_above_format"; readonly limit: number }
  | { readonly kind: "reason_missing" }
  | { readonly kind: "note_missing" }
  | { readonly kind: "note_too_long"; readonly longest: number }
  | { readonly kind: "rule_refused"; readonly rule: RuleName }
  | { readonly kind: "not_allowed_now"; readonly state: RefundCase["money"] }
  | { readonly kind: "evidence_missing" }
  | { readonly kind: "evidence_in_future" }
  | { readonly kind: "bad_time" }
  | { readonly kind: "payment_code" }
  | { readonly kind: "reference_characters" }
  | { readonly kind: "difference_wrong"; readonly difference: Money }
  | { readonly kind: "void_not_possible" }
  | { readonly kind: "destination_wrong" }
  | { readonly kind: "own_request" }
  | { readonly kind: "approval_past" }
  | { readonly kind: "above_own_limit"; readonly limit: Money }
  | { readonly kind: "reopened_before" }
  | { readonly kind: "goods_differ" }
  | { readonly kind: "resend_not_safe" }
  | { readonly kind: "other_device" }
  | NotEntitled
  | ExcessFault
  | LineFault;
