import type { Books } from "./books.ts";
import { takeClaim, type ClaimEvent } from "./claim.ts";
import { writeRef } from "./ids.ts";
import type { AckEvent, Recorded, WitnessEvent } from "./journal-event.ts";
import { isHome } from "./post-case.ts";

/** Takes what the back office verified of a chain. */
export const postAck = (books: Books, { event, ref, at }: Recorded<AckEvent>): void => {
  const { seq, head, token, by } = event;
  books.acks.set(writeRef(ref), { device: ref.device, seq, head, token, by, record: ref, at });
};

/** Takes what one chain has seen of another. */
export const postWitness = (books: Books, { event, ref, at }: Recorded<WitnessEvent>): void => {
  const { device, seq, head, via } = event;
  books.witnessed.set(writeRef(ref), { device, seq, head, via, record: ref, at });
};

/** Takes a step of an over-payment: the register of another device is its own, that of a key this device had before goes on. */
export const postClaim = (books: Books, recorded: Recorded<ClaimEvent>): void => {
  if (!isHome(books, recorded.ref) && !books.formers.has(recorded.ref.device)) return;
  const { paymentId } = recorded.event;
  books.claims.set(paymentId, takeClaim(books.claims.get(paymentId), recorded, books.home));
};
