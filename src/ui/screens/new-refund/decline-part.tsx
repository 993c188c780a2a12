import {
  alternatives,
  findRefusal,
  type Alternative,
  type RefusalReason,
} from "../../../domain/reasons.ts";
import type { Translate } from "../../../i18n/index.ts";
import { FilterChips } from "../../components/chip-group.tsx";
import { t } from "../../language.ts";
import { RefusalChips } from "./reasons.tsx";
import type { Editor } from "./use-editor.ts";

/** What the customer is told: the reason, and what can be had instead; `words` need not be the language on screen. */
export const declineText = (
  words: Translate,
  refusal: RefusalReason,
  offers: readonly Alternative[],
): string => {
  const reason = words(`refusal.${refusal}`);
  if (offers.length === 0) return words("refund.decline.text_plain", { reason });
  const told = offers.map((offer) => words(`refund.offer.${offer}`));
  const list = told.reduce((first, second) => words("word.list", { first, second }));
  return words("refund.decline.text", { reason, offers: list });
};

/** R7: why not, what instead, and the sentence the customer gets. */
export const DeclinePart = ({ editor }: { readonly editor: Editor }) => {
  const { offers } = editor.entry.value;
  return (
    <div class="u-stack">
      <RefusalChips editor={editor} />
      <section class="u-tight">
        <h2>{t("refund.decline.offers")}</h2>
        <FilterChips
          label={t("refund.decline.offers")}
          choices={alternatives.map((value) => ({ value, label: t(`refund.offer.${value}`) }))}
          selected={offers}
          onToggle={(toggled) =>
            editor.change({
              offers: alternatives.filter((one) => offers.includes(one) !== (one === toggled)),
            })
          }
        />
      </section>
    </div>
  );
};

/** The very sentence that the customer will get. */
export const DeclinePreview = ({ editor }: { readonly editor: Editor }) => {
  const { refusal, offers } = editor.entry.value;
  const found = findRefusal(refusal);
  return (
    <section class="u-tight">
      <h2>{t("refund.decline.preview")}</h2>
      <p>{found === undefined ? t("refund.decline.pick") : declineText(t, found, offers)}</p>
    </section>
  );
};
