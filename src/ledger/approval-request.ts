import type { DecideEvent } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";

/** What a till asks a phone to decide: one signed refund record, about what, and how often it was decided about before. */
export type ApprovalRequest = {
  readonly jwt: string;
  readonly about: Exclude<DecideEvent["about"], "request">;
  readonly decisions: number;
};

/** `RLA1:<JWT>~<on>~<k>` (refundlog.md §9). */
export const writeApprovalRequest = ({ jwt, about, decisions }: ApprovalRequest): string =>
  `RLA1:${jwt}~${about}~${decisions}`;

const shape =
  /^RLA1:([\w-]{1,900}\.[\w-]{1,900}\.[\w-]{86})~(refund|recall|conflict|reopen)~(0|[1-9]\d{0,6})$/;

/** Reads a request; what its record says is believed only after it was verified. */
export const parseApprovalRequest = (
  text: string,
): Result<ApprovalRequest, { readonly kind: "request_unreadable" }> => {
  const [, jwt, about, decisions] = shape.exec(text.trim()) ?? [];
  if (jwt === undefined || about === undefined) return fail({ kind: "request_unreadable" });
  return ok({
    jwt,
    about: about as ApprovalRequest["about"],
    decisions: Number(decisions),
  });
};

/** The signed answer of a phone; why it refused stands beside it in words of the list, unsigned. */
export type ApprovalAnswer = { readonly token: string; readonly reason?: string };

/** The bare token of an approval; a rejection is followed by `~<reason>`. */
export const writeApprovalAnswer = ({ token, reason }: ApprovalAnswer): string =>
  reason === undefined ? token : `${token}~${reason}`;

const answerShape = /^([\w-]{1,900}\.[\w-]{1,900}\.[\w-]{86})(?:~([a-z0-9_]{1,60}))?$/;

/** Reads an answer; who signed it, and what, is checked where the record is. */
export const parseApprovalAnswer = (
  text: string,
): Result<ApprovalAnswer, { readonly kind: "approval_unreadable" }> => {
  const [, token, reason] = answerShape.exec(text.trim()) ?? [];
  if (token === undefined) return fail({ kind: "approval_unreadable" });
  return ok(reason === undefined ? { token } : { token, reason });
};
