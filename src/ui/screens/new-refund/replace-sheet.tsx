import { Button } from "../../components/button.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";

/** Another code was read while this refund is being filled in. */
export const ReplaceSheet = ({
  onKeep,
  onOpen,
}: {
  readonly onKeep: () => void;
  readonly onOpen: () => void;
}) => (
  <Sheet title={t("refund.replace.title")} onClose={onKeep}>
    <p>{t("refund.replace.text")}</p>
    <Button onClick={onOpen}>{t("refund.replace.open")}</Button>
    <Button kind="primary" onClick={onKeep}>
      {t("refund.replace.keep")}
    </Button>
  </Sheet>
);
