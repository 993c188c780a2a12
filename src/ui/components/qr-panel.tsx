import { useMemo } from "preact/hooks";

import { t } from "../language.ts";
import { qrPath } from "./qr-path.ts";

/** A QR code, black on white in every theme, with its short code under it. */
export const QrPanel = ({
  text,
  what,
  caption,
}: {
  readonly text: string;
  /** What it holds, for those who cannot see it. */
  readonly what: string;
  readonly caption?: string | undefined;
}) => {
  const path = useMemo(() => qrPath(text), [text]);
  return (
    <figure class="qr">
      <span class="u-hidden">{t("qr.label", { what })}</span>
      {path === undefined ? (
        <p>{t("qr.too_long")}</p>
      ) : (
        <svg aria-hidden="true" viewBox={`0 0 ${path.size} ${path.size}`}>
          <path d={path.d} />
        </svg>
      )}
      {caption !== undefined && <figcaption>{caption}</figcaption>}
    </figure>
  );
};
