import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { requestPhoneApproval, type PhoneRequest } from "../../../usecases/phone-approval.ts";
import { useDeps } from "../../deps.tsx";

/** The code for the second phone; a new one as soon as somebody decided or the refund is another. */
export const useRequest = (refundCase: RefundCase): PhoneRequest | undefined => {
  const deps = useDeps();
  const request = useSignal<PhoneRequest | undefined>(undefined);
  const { hash, decisions } = latestAttempt(refundCase);
  useLayoutEffect(() => {
    let open = true;
    void requestPhoneApproval(deps, refundCase).then((asked) => {
      if (open) request.value = asked.ok ? asked.value : undefined;
    });
    return () => {
      open = false;
    };
  }, [hash, decisions]);
  return request.value;
};
