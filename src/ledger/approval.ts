import type { RecordRef } from "../domain/ids.ts";
import type { DecideEvent } from "../domain/journal-event.ts";
import type { Attempt } from "../domain/refund/attempt.ts";
import { makeJws } from "./jws.ts";
import { thumbprint } from "./keys.ts";
import type { Jwk, Sign } from "./record.ts";

/** What an approval binds: the very record with its amount, and how often it was decided about before (refundlog.md §9). */
export type Intent = {
  readonly about: Exclude<DecideEvent["about"], "request">;
  readonly result: DecideEvent["result"];
  readonly attempt: Pick<Attempt, "record" | "hash" | "refundNo" | "amount" | "decisions">;
};

const claimsOf = ({ about, result, attempt }: Intent) => {
  const { device, seq }: RecordRef = attempt.record;
  return {
    amt: attempt.amount.minor,
    cur: attempt.amount.currency,
    dev: device,
    h: attempt.hash,
    k: attempt.decisions,
    no: attempt.refundNo,
    on: about,
    res: result,
    seq,
    v: 1,
  };
};

/** Signs a decision with the key of a person or an approver's phone: `refund-approve+jwt`; `iat` in seconds. */
export const signApproval = (
  intent: Intent,
  iat: number,
  key: { readonly jwk: Jwk; readonly sign: Sign },
): Promise<string> =>
  makeJws(
    "refund-approve+jwt",
    { ...claimsOf(intent), iat },
    { kid: thumbprint(key.jwk), sign: key.sign },
  );
