import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";

import { writeFormCode } from "../../../domain/codes/own-codes.ts";
import type { CaseId } from "../../../domain/ids.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import { readForm } from "../../../usecases/read-form.ts";
import { dropForm, newCaseId, reserveForm } from "../../../usecases/reserved-form.ts";
import { announce } from "../../components/announce.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultLine } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Segments } from "../../components/segments.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { formKinds, type FormKind, type FormValues } from "../../print/form-fields.ts";
import { drawForm } from "../../print/form-picture.ts";
import { blankValues, formValues, type FormPlace } from "../../print/form-values.ts";
import { PaperForm } from "../../print/paper-form.tsx";
import { go, replaceWith } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { useReserved } from "./use-reserved.ts";

type Form = {
  readonly values: FormValues;
  readonly code: string;
  readonly number: string;
  readonly training: boolean;
};

const usePlace = (): FormPlace => {
  const { shop, now } = useShell();
  const format = useFormat();
  return { shop: shop.name, now: format.fullTime(now()), format };
};

/** The picture of a form to the share sheet, or to a file. */
const useShare = () => {
  const { deliver } = useAbilities();
  const refused = useSignal(false);
  const share = async (content: Parameters<typeof drawForm>[0], number: string): Promise<void> => {
    const title = t("forms.file", { title: t(`forms.title.${content.kind}`), number });
    const bytes = await drawForm(content);
    const out = await deliver({ name: `${title}.png`, type: "image/png", bytes }, title);
    refused.value = out === "blocked";
    if (out === "shared" || out === "saved") announce(t(`records.tell.${out}`));
  };
  return { refused, share };
};

const Papers = ({ form, kinds }: { readonly form: Form; readonly kinds: readonly FormKind[] }) => {
  const { print } = useAbilities();
  const kind = useSignal<FormKind>("application");
  const { refused, share } = useShare();
  const [zh, en] = [useWords("zh-CN"), useWords("en")];
  if (zh === undefined || en === undefined) return undefined;
  const content = { kind: kind.value, ...form, zh, en };
  return (
    <>
      {kinds.length > 1 && (
        <Segments
          label={t("forms.which")}
          name="form-kind"
          choices={kinds.map((value) => ({ value, label: t(`forms.short.${value}`) }))}
          value={kind.value}
          onPick={(picked) => (kind.value = picked)}
        />
      )}
      {kind.value !== "application" && <p class="u-small">{t("forms.theirs_wins")}</p>}
      <div class="receipt-desk">
        <PaperForm content={content} />
      </div>
      <Button icon="image" onClick={() => void share(content, form.number)}>
        {t("forms.share")}
      </Button>
      {refused.value && <FaultLine>{t("records.slip.refused")}</FaultLine>}
      <BottomBar>
        <Button kind="primary" icon="printer" onClick={() => print("a4")}>
          {t("forms.print")}
        </Button>
      </BottomBar>
    </>
  );
};

/** The number is free again; another blank form has another one. */
const leave = async (): Promise<void> => {
  await dropForm();
  announce(t("forms.dropped"));
  replaceWith(linkTo("form_blank"));
};

/** A form whose number no refund has yet: it can be printed, and the next refund can take its number (R32). */
const Blank = ({ caseId }: { readonly caseId: CaseId }) => {
  const { training } = useShell();
  const place = usePlace();
  const reserved = readyValue(useReserved().value)?.reserved === caseId;
  const values = useMemo(() => blankValues(caseId, place), [caseId]);
  const take = async (): Promise<void> => {
    await reserveForm(caseId);
    go(linkTo("scan"));
  };
  return (
    <>
      <p>{t("forms.blank_text")}</p>
      <Papers
        form={{ values, code: writeFormCode(caseId), number: caseId, training }}
        kinds={["application"]}
      />
      <Button icon="scan-line" onClick={() => void take()}>
        {t("forms.take")}
      </Button>
      {reserved && (
        <Button icon="x" onClick={() => void leave()}>
          {t("forms.drop")}
        </Button>
      )}
    </>
  );
};

/** D4: the application form of a refund and the acquirer's papers; a blank one where no refund has its number yet. */
export const FormScreen = ({ route }: { readonly route: RouteOf<"form"> }) => {
  const { id } = route.args;
  const deps = useDeps();
  const place = usePlace();
  const live = useLive(
    () => id,
    async (wanted) => ({ file: await readForm(deps, wanted) }),
  );
  const read = readyValue(live.value);
  const file = read?.file;
  return (
    <>
      <PageHeader
        title={t(file === undefined ? "forms.blank" : "forms.title.application")}
        back={file === undefined ? linkTo("more") : linkTo("refund", { id })}
      />
      {read !== undefined && file === undefined && <Blank caseId={id as CaseId} />}
      {file !== undefined && (
        <Papers
          kinds={formKinds}
          form={{
            values: formValues(file, place),
            code: latestAttempt(file.refundCase).refundNo,
            number: latestAttempt(file.refundCase).refundNo,
            training: file.refundCase.training,
          }}
        />
      )}
    </>
  );
};

/** A new blank form under a number of its own. */
export const BlankFormScreen = () => {
  const deps = useDeps();
  const id = useMemo(() => newCaseId(deps), []);
  return (
    <>
      <PageHeader title={t("forms.blank")} back={linkTo("more")} />
      <Blank caseId={id} />
    </>
  );
};
