import { useSignal } from "@preact/signals";

import { t } from "../language.ts";

const shortest = 120;

const graphemes = (text: string): readonly string[] =>
  "Segmenter" in Intl
    ? Array.from(new Intl.Segmenter().segment(text), (part) => part.segment)
    : Array.from(text);

/**
 * Text from outside (codes, notes, files), never a link. Escape control and bidi characters first
 * (`visibleText`); past 120 characters it is cut behind 更多.
 */
export const ForeignText = ({
  children,
  mono = false,
}: {
  readonly children: string;
  readonly mono?: boolean;
}) => {
  const whole = useSignal(false);
  const parts = graphemes(children);
  const cut = parts.length > shortest && !whole.value;
  return (
    <>
      <bdi dir="auto" class={mono ? "u-mono" : undefined}>
        {cut ? `${parts.slice(0, shortest).join("")}…` : children}
      </bdi>
      {cut && (
        <button
          type="button"
          class="btn btn-text"
          onClick={() => {
            whole.value = true;
          }}
        >
          {t("action.more")}
        </button>
      )}
    </>
  );
};
