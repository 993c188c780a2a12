import { listOverpayments, type OverpayLine } from "../../../usecases/list-overpayments.ts";
import { useDeps } from "../../deps.tsx";
import { readyValue, useLive } from "../../live.ts";

/** One line of the register by its payment; undefined while it loads, and when it is not open. */
export const useLine = (id: string): OverpayLine | undefined => {
  const deps = useDeps();
  const read = useLive(
    () => deps,
    (open) => listOverpayments(open),
  );
  const lists = readyValue(read.value);
  return [...(lists?.open ?? []), ...(lists?.suggested ?? [])].find(
    ({ paymentId }) => paymentId === id,
  );
};
