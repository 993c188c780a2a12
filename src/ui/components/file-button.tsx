import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** Chooses files; a real file input under the look of a button. The same file can be chosen again. */
export const FileButton = ({
  label,
  icon,
  kind = "secondary",
  accept,
  camera = false,
  multiple = false,
  disabled = false,
  onFiles,
}: {
  readonly label: string;
  readonly icon: IconName;
  readonly kind?: "primary" | "secondary" | "tall";
  /** `.csv,.xlsx`, `image/*`. */
  readonly accept?: string | undefined;
  /** Opens the camera at once where the browser can. */
  readonly camera?: boolean;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}) => (
  <label class={classNames("btn", "file", kind !== "secondary" && `btn-${kind}`)}>
    <input
      type="file"
      accept={accept}
      multiple={multiple}
      disabled={disabled}
      {...(camera ? { capture: "environment" as const } : {})}
      onChange={(event) => {
        const files = Array.from(event.currentTarget.files ?? []);
        event.currentTarget.value = "";
        if (files.length > 0) onFiles(files);
      }}
    />
    <Icon name={icon} />
    <span>{label}</span>
  </label>
);
