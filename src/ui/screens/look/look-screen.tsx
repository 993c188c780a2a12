import { PageHeader } from "../../components/page-header.tsx";
import { Rows } from "../../components/row.tsx";
import { Segments } from "../../components/segments.tsx";
import { Switch } from "../../components/field.tsx";
import { t } from "../../language.ts";
import { chooseTheme, contrast, theme, themes, toggleContrast } from "../../look.ts";
import { linkTo } from "../../routes.ts";
import { LanguageChoice } from "./language-choice.tsx";

/** P12: language, light or dark, strong contrast; every choice counts at once and is remembered. */
export const LookScreen = () => (
  <>
    <PageHeader title={t("look.title")} back={linkTo("more")} />
    <section class="u-tight">
      <h2>{t("language.label")}</h2>
      <LanguageChoice />
    </section>
    <section class="u-tight">
      <h2>{t("look.theme")}</h2>
      <Segments
        label={t("look.theme")}
        name="theme"
        choices={themes.map((value) => ({ value, label: t(`look.${value}`) }))}
        value={theme.value}
        onPick={chooseTheme}
      />
    </section>
    <Rows>
      <Switch
        name="contrast"
        label={t("look.contrast")}
        help={t("look.contrast_help")}
        on={contrast.value}
        onToggle={toggleContrast}
      />
    </Rows>
  </>
);
