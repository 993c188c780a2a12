import type { EvidenceFile } from "../journal-event.ts";
import type { Payment } from "../payment.ts";
import { papersOf, type Paper, type ReasonCode } from "../reasons.ts";
import type { PolicyFacts, Rule } from "./facts.ts";
import type { ShopPolicy } from "./shop-policy.ts";

/** One paper of the checklist: whether it is demanded and whether it is there. */
export type PaperStanding = {
  readonly paper: Paper;
  readonly demanded: boolean;
  readonly there: boolean;
};

type About = {
  readonly reason: ReasonCode;
  readonly payment: Payment | undefined;
  readonly amount: { readonly minor: number };
  readonly evidence: readonly EvidenceFile["kind"][];
  readonly policy: Pick<ShopPolicy, "photoFrom" | "receiptRequired">;
};

/** Files that count as the proof of a payment. */
const vouchers: ReadonlySet<EvidenceFile["kind"]> = new Set(["voucher", "slip"]);

const isThere = (paper: Paper, { payment, evidence }: About): boolean => {
  if (paper === "photo") return evidence.includes("photo");
  if (paper === "form") return evidence.includes("form");
  const proven = payment !== undefined && ["A", "B", "C"].includes(payment.grade);
  return proven || evidence.some((kind) => vouchers.has(kind));
};

/** The form is written by the app itself from the record, so that it is asked for and never demanded. */
const isDemanded = (paper: Paper, { amount, policy }: About): boolean => {
  if (paper === "photo") return amount.minor >= policy.photoFrom;
  return paper === "voucher" && policy.receiptRequired;
};

/** The papers that a reason asks for (R29), each with how it stands. */
export const checklist = (about: About): readonly PaperStanding[] =>
  papersOf(about.reason).map((paper) => ({
    paper,
    demanded: isDemanded(paper, about),
    there: isThere(paper, about),
  }));

/** A demanded paper that is missing blocks unless an entitled person lets it through (R38). */
export const papers: Rule = (facts: PolicyFacts) =>
  checklist(facts).some(({ demanded, there }) => demanded && !there) ? "lead" : "pass";
