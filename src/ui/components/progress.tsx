import { useId, useLayoutEffect } from "preact/hooks";

import { t } from "../language.ts";
import { announce } from "./announce.ts";
import { Button } from "./button.tsx";
import { useFormat } from "../format.ts";

/** A long job: what it does, how far it is, and a way out. `done` undefined means not countable yet. */
export const Progress = ({
  label,
  text,
  done,
  of,
  onCancel,
}: {
  readonly label: string;
  readonly text?: string | undefined;
  readonly done?: number | undefined;
  readonly of?: number | undefined;
  readonly onCancel?: (() => void) | undefined;
}) => {
  const id = useId();
  const format = useFormat();
  const share = done === undefined || of === undefined || of === 0 ? undefined : done / of;
  const quarter = share === undefined ? undefined : Math.floor(share * 4);
  useLayoutEffect(() => {
    if (quarter !== undefined) announce(`${label} ${format.percent(quarter / 4)}`);
  }, [quarter]);
  return (
    <div class="prog">
      <div>
        <p class="u-strong" id={id}>
          {label}
        </p>
        {text !== undefined && <p class="u-small">{text}</p>}
      </div>
      {onCancel === undefined ? (
        <span />
      ) : (
        <Button kind="text" onClick={onCancel}>
          {t("action.cancel")}
        </Button>
      )}
      <progress
        aria-labelledby={id}
        max={of ?? 1}
        {...(share === undefined ? {} : { value: done })}
      />
    </div>
  );
};
