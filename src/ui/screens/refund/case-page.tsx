import type { ComponentChildren } from "preact";

import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { t } from "../../language.ts";
import type { Live } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";

/** Shows a page of one refund as soon as it is loaded, or that this device does not have it. */
export const CasePage = <File extends CaseFile>({
  live,
  children,
}: {
  readonly live: Live<File | undefined>;
  readonly children: (file: File) => ComponentChildren;
}) => {
  if (live.status === "loading") return undefined;
  if (live.status === "ready" && live.value !== undefined) return <>{children(live.value)}</>;
  return (
    <Empty icon="search" text={t("refund.recorded.missing")}>
      <ButtonLink icon="receipt-text" href={linkTo("records")}>
        {t("records.title")}
      </ButtonLink>
    </Empty>
  );
};
