import { money, type Money } from "../domain/money.ts";
import { judgeCertificate } from "../ledger/approval.ts";
import type { Approval, Enrolment } from "../ledger/tokens.ts";

/** What the certificate of an approver does not allow. */
export type CertificateFault =
  | { readonly kind: "approver_expired" }
  | { readonly kind: "above_phone_limit"; readonly limit: Money };

/** The certificate bounds how much is approved, and when. */
export const certificateFault = (
  asked: Pick<Approval, "iat" | "amt" | "cur">,
  certificate: Enrolment,
): CertificateFault | undefined => {
  const code = judgeCertificate(asked, certificate);
  if (code === undefined) return undefined;
  const { max = 0, cur = asked.cur } = certificate;
  return code === "E_APPROVAL_POLICY"
    ? { kind: "above_phone_limit", limit: money(max, cur) }
    : { kind: "approver_expired" };
};
