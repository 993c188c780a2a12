import type { AcquirerProfile } from "../acquirers/profile.ts";
import type { Calendar, Instant } from "../instant.ts";
import type { Money } from "../money.ts";
import type { Payment } from "../payment.ts";
import type { RefundType } from "../journal-event.ts";
import type { ShopPolicy } from "./shop-policy.ts";

/** Everything a rule may look at; the same facts always give the same result. */
export type PolicyFacts = {
  readonly payment: Payment;
  readonly amount: Money;
  readonly type: RefundType;
  readonly policy: ShopPolicy;
  readonly profile: AcquirerProfile;
  readonly calendar: Calendar;
  readonly now: Instant;
};

/** `needs_approval` is answered by an entitled person, `refused` by nobody. */
export type RuleOutcome = "pass" | "warn" | "needs_approval" | "refused";
