import { t } from "../language.ts";
import { IconButton } from "./button.tsx";

/** A count between two bounds: − n +. */
export const Stepper = ({
  label,
  count,
  max,
  onChange,
}: {
  readonly label: string;
  readonly count: number;
  readonly max: number;
  readonly onChange: (count: number) => void;
}) => (
  <fieldset class="stepper" aria-label={label}>
    <IconButton
      icon="minus"
      label={`${label} ${t("stepper.less")}`}
      onClick={() => onChange(Math.max(0, count - 1))}
    />
    <output>{count}</output>
    <IconButton
      icon="plus"
      label={`${label} ${t("stepper.more")}`}
      onClick={() => onChange(Math.min(max, count + 1))}
    />
  </fieldset>
);
