import type { ComponentChildren } from "preact";

/** A figure with its name and a note; with `href` it opens the list behind it. Lay tiles in `u-grid-2`. */
export const Tile = ({
  label,
  figure,
  note,
  href,
}: {
  readonly label: string;
  readonly figure: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly href?: string | undefined;
}) => {
  const body = (
    <>
      <span class="tile-label">{label}</span>
      <span class="tile-figure">{figure}</span>
      {note !== undefined && <span class="tile-note">{note}</span>}
    </>
  );
  return href === undefined ? (
    <div class="tile">{body}</div>
  ) : (
    <a class="tile" href={href}>
      {body}
    </a>
  );
};
