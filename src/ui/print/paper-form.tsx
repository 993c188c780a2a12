import type { Translate } from "../../i18n/index.ts";
import { classNames } from "../components/class-names.ts";
import { qrPath } from "../components/qr-path.ts";
import { t } from "../language.ts";
import {
  fieldLines,
  fieldWidth,
  formBlocks,
  type FormBlockName,
  type FormFieldName,
  type FormKind,
  type FormValues,
} from "./form-fields.ts";

/** Everything that stands on one paper form; both languages beside each other. */
export type PaperFormContent = {
  readonly kind: FormKind;
  readonly values: FormValues;
  /** What its QR code holds: the refund number, or the number of a blank form. */
  readonly code: string;
  readonly training: boolean;
  readonly zh: Translate;
  readonly en: Translate;
};

export type FormBlock = {
  readonly name: FormBlockName;
  readonly fields: readonly FormFieldName[];
};

/** The blocks of a paper in their order. */
export const blocksOf = (kind: FormKind): readonly FormBlock[] =>
  Object.entries<readonly FormFieldName[]>(formBlocks[kind]).map(([name, fields]) => ({
    name: name as FormBlockName,
    fields,
  }));

const Field = ({
  name,
  content: { values, zh, en },
}: {
  readonly name: FormFieldName;
  readonly content: PaperFormContent;
}) => (
  <div class={classNames("form-cell", `form-w${fieldWidth(name)}`, `form-h${fieldLines(name)}`)}>
    <dt>
      {zh(`forms.field.${name}`)} <small lang="en">{en(`forms.field.${name}`)}</small>
    </dt>
    <dd>
      <bdi>{values[name]}</bdi>
    </dd>
  </div>
);

const Code = ({ text }: { readonly text: string }) => {
  const code = qrPath(text);
  return (
    <figure class="form-code">
      <span class="u-hidden">{t("qr.label", { what: t("forms.code") })}</span>
      {code !== undefined && (
        <svg aria-hidden="true" viewBox={`0 0 ${code.size} ${code.size}`}>
          <path d={code.d} />
        </svg>
      )}
    </figure>
  );
};

/** A paper of A4 to print, fill in, sign and stamp (upload-files.md §6). */
export const PaperForm = ({ content }: { readonly content: PaperFormContent }) => {
  const { kind, code, training, zh, en } = content;
  return (
    <article class="paper-form on-paper" data-paper lang="zh-CN">
      <header class="form-head">
        <div>
          <h2 class="form-title">{zh(`forms.title.${kind}`)}</h2>
          <p lang="en">{en(`forms.title.${kind}`)}</p>
          {training && <p class="form-training">{zh("records.slip.practice")}</p>}
        </div>
        <Code text={code} />
      </header>
      {blocksOf(kind).map(({ name, fields }) => (
        <section key={name}>
          <h3 class="form-block">
            {zh(`forms.block.${name}`)} <small lang="en">{en(`forms.block.${name}`)}</small>
          </h3>
          <dl class="form-cells">
            {fields.map((field) => (
              <Field key={field} name={field} content={content} />
            ))}
          </dl>
        </section>
      ))}
      <p class="form-foot">
        {zh(`forms.foot.${kind}`)} <span lang="en">{en(`forms.foot.${kind}`)}</span>
      </p>
    </article>
  );
};
