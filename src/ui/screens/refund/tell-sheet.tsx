import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { tellCustomer } from "../../../usecases/tell-customer.ts";
import { useEntitled } from "../../entitled.tsx";
import { t } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";
import { customerText } from "./customer-text.ts";
import { MessageSheet } from "./message-sheet.tsx";

/** The message about a refund; that the customer was told is recorded when it went out. */
export const TellSheet = ({
  refundCase,
  onClose,
}: {
  readonly refundCase: RefundCase;
  readonly onClose: () => void;
}) => {
  const { shop } = useShell();
  const entitled = useEntitled();
  return (
    <>
      <MessageSheet
        name={t("records.tell.file", { number: latestAttempt(refundCase).refundNo })}
        write={(words, language) => customerText(words, { refundCase, shop, language })}
        onSent={async (language) => {
          const notice = { via: "share", language } as const;
          const saved = await entitled.run((deps) => tellCustomer(deps, refundCase.caseId, notice));
          return saved.ok ? undefined : saved.fault;
        }}
        onClose={onClose}
      />
      {entitled.sheet}
    </>
  );
};
