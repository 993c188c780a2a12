import { PageHeader } from "../../components/page-header.tsx";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { CasePage } from "../refund/case-page.tsx";
import { useCaseFile } from "../refund/use-case-file.ts";
import { SupportCard } from "./support-card.tsx";

/** D6: the support line of a refund's acquirer. */
export const SupportScreen = ({ route }: { readonly route: RouteOf<"support"> }) => {
  const { id } = route.args;
  const live = useCaseFile(id);
  return (
    <>
      <PageHeader title={t("action.support")} back={linkTo("refund", { id })} />
      <CasePage live={live}>{(file) => <SupportCard file={file} />}</CasePage>
    </>
  );
};
