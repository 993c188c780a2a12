import { TextField } from "../../components/field.tsx";
import { t } from "../../language.ts";

/** The code of the first day, typed for one signature of the shop's root. */
export const RecoveryField = () => (
  <TextField
    name="recovery"
    label={t("devices.compare.code")}
    help={t("devices.compare.code_help")}
    look="mono"
    spellcheck={false}
    maxLength={40}
    required
  />
);
