import { languages, type LanguageTag } from "../../../i18n/index.ts";
import { Button } from "../../components/button.tsx";
import { Segments } from "../../components/segments.tsx";
import { keepLook } from "../../kept-look.ts";
import { changeLanguage, language, t } from "../../language.ts";

const choices = languages.map(({ tag, name }) => ({ value: tag, label: name }));

const choose = (tag: LanguageTag): void => {
  void changeLanguage(tag);
  keepLook("language", tag);
};

/** The languages, each under its own name; changes the page at once and is remembered. */
export const LanguageChoice = () => (
  <Segments
    label={t("language.label")}
    name="language"
    choices={choices}
    value={language.value}
    onPick={choose}
  />
);

/** The other languages as buttons, for a reader who does not understand the page. */
export const OtherLanguages = () =>
  languages
    .filter(({ tag }) => tag !== language.value)
    .map(({ tag, name }) => (
      <Button key={tag} kind="text" icon="languages" lang={tag} onClick={() => choose(tag)}>
        {name}
      </Button>
    ));
