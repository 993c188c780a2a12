import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { Result } from "../../../domain/result.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import {
  isApprover,
  meetTill,
  readApprovalRequest,
  type OpenRequest,
  type RequestFault,
} from "../../../usecases/read-approval-request.ts";
import { takeRevocations } from "../../../usecases/status-lists.ts";
import { useStart } from "../../deps.tsx";

type TillCard = {
  readonly cardFault: ReadonlySignal<KnownFault | undefined>;
  /** The till whose card was taken just now. */
  readonly met: ReadonlySignal<string | undefined>;
  readonly takeCard: (text: string) => void;
  /** How many keys the list revokes that was taken just now. */
  readonly revoked: ReadonlySignal<number | undefined>;
  readonly takeList: (text: string) => void;
};

/** Takes key cards of tills and lists of revoked keys; `onMet` hears when something is known from now on. */
export const useTillCard = (onMet?: () => Promise<void>): TillCard => {
  const { approver } = useStart();
  const cardFault = useSignal<KnownFault | undefined>(undefined);
  const met = useSignal<string | undefined>(undefined);
  const revoked = useSignal<number | undefined>(undefined);
  const meet = async (card: string): Promise<void> => {
    const till = await meetTill(approver, card);
    cardFault.value = till.ok ? undefined : till.fault;
    met.value = till.ok ? till.value.claims.label : undefined;
    revoked.value = undefined;
    if (till.ok) await onMet?.();
  };
  const hear = async (text: string): Promise<void> => {
    const taken = await takeRevocations(approver, text);
    cardFault.value = taken.ok ? undefined : taken.fault;
    revoked.value = taken.ok ? taken.value.length : undefined;
    met.value = undefined;
    if (taken.ok) await onMet?.();
  };
  return {
    cardFault,
    met,
    takeCard: (card) => void meet(card),
    revoked,
    takeList: (text) => void hear(text),
  };
};

type Opened = Omit<TillCard, "met"> & {
  /** Undefined while the record is verified. */
  readonly opened: ReadonlySignal<Result<OpenRequest, RequestFault> | undefined>;
};

/** Verifies a request, and once more after a key card or a list was taken. */
export const useOpened = (text: string): Opened => {
  const { approver } = useStart();
  const opened = useSignal<Result<OpenRequest, RequestFault> | undefined>(undefined);
  const read = async (): Promise<void> => {
    opened.value = await readApprovalRequest(approver, text);
  };
  useLayoutEffect(() => void read(), [text]);
  const { met: _, ...taking } = useTillCard(read);
  return { opened, ...taking };
};

/** Whether this phone is an approver's at all; undefined until it was looked up. */
export const useApproverFound = (): boolean | undefined => {
  const { approver } = useStart();
  const found = useSignal<boolean | undefined>(undefined);
  useLayoutEffect(() => {
    void isApprover(approver).then((is) => {
      found.value = is;
    });
  }, []);
  return found.value;
};
