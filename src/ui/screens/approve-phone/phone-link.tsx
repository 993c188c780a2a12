import type { CaseId } from "../../../domain/ids.ts";
import { ButtonLink } from "../../components/button.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";

/** The way to ask a second phone; practice has none. */
export const PhoneLink = ({ caseId }: { readonly caseId: CaseId }) =>
  useDeps().training ? undefined : (
    <ButtonLink icon="qr-code" href={linkTo("approve_phone", { id: caseId })}>
      {t("phone.title")}
    </ButtonLink>
  );
