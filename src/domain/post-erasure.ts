import type { Books } from "./books.ts";
import type { EraseEvent } from "./erase-event.ts";
import { writeRef, type CaseId } from "./ids.ts";
import type { Recorded } from "./journal-event.ts";
import { forgetPayer } from "./payment.ts";
import { putPayment } from "./post-payment.ts";
import { isNews, postCase, postLater } from "./post-case.ts";
import { forgetRefusal } from "./refund/refusal.ts";

/** Takes an erasure into a case; one that is not here yet hears of it when it comes. */
const eraseInCase = (books: Books, caseId: CaseId, recorded: Recorded<EraseEvent>): void => {
  if (!books.cases.has(caseId)) postLater(books, recorded, caseId);
  else if (isNews(books, caseId, recorded)) postCase(books, caseId, recorded);
};

const eraseRefusal = (books: Books, recorded: Recorded<EraseEvent>): void => {
  const { record, cases, payments } = recorded.event;
  const place = writeRef(record);
  const refusal = books.refusals.get(place);
  const isOfRefusal = cases === undefined && payments === undefined;
  if (refusal !== undefined) books.refusals.set(place, forgetRefusal(refusal));
  else if (isOfRefusal && record.device !== recorded.ref.device) postLater(books, recorded, place);
};

/**
 * Forgets what a record said of the customer, wherever the books tell of it. What another chain erased of this device's own
 * counts when the own chain has erased it too: until then it is here.
 */
export const postErasure = (books: Books, recorded: Recorded<EraseEvent>): void => {
  const { record, cases = [], payments = [] } = recorded.event;
  if (record.device === books.home && recorded.ref.device !== books.home) return;
  const own = books.caseOf.get(writeRef(record));
  for (const caseId of new Set(own === undefined ? cases : [own, ...cases]))
    eraseInCase(books, caseId, recorded);
  for (const id of payments) {
    const payment = books.payments.get(id);
    if (payment !== undefined) putPayment(books, forgetPayer(payment, record.device));
  }
  eraseRefusal(books, recorded);
};
