import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { t } from "../language.ts";
import { arrival, goBack } from "../router.ts";
import { usePane } from "../pane.tsx";
import { useShell } from "../shell-context.tsx";
import { classNames } from "./class-names.ts";
import { IconButton } from "./button.tsx";
import { initialOf } from "./initial.ts";
import { StatusChip } from "./status-chip.tsx";

/** The letter of a name, as a button that lets someone else take over. */
const Avatar = () => {
  const { staff, onChangeStaff } = useShell();
  if (staff === undefined) return undefined;
  return (
    <button
      type="button"
      class="avatar"
      aria-label={t("action.change_staff", { name: staff.name })}
      onClick={onChangeStaff}
    >
      <span aria-hidden="true">{initialOf(staff.name)}</span>
    </button>
  );
};

const usePageTitle = (title: string, main: boolean): void =>
  useLayoutEffect(() => {
    if (main) document.title = t("app.title", { title });
  }, [title, main]);

/**
 * The title line of every screen: back arrow, `<h1>`, status chip, avatar. On a route change it takes the focus
 * and names the document. Beside an open page (tablet list) it is an `<h2>` and does neither.
 */
export const PageHeader = ({
  title,
  documentTitle = title,
  back,
  over = "ground",
  children,
}: {
  readonly title: string;
  /** `退款 ¥36.00`, where the tab should say more than the heading. */
  readonly documentTitle?: string;
  /** The page that back leads to when there is no history; leave it out on tab roots. */
  readonly back?: string | undefined;
  /** `camera` draws it light over a dark picture, without a ground of its own. */
  readonly over?: "ground" | "camera";
  /** More buttons, before the chip. */
  readonly children?: ComponentChildren;
}) => {
  const { place, beside } = usePane();
  const heading = useRef<HTMLHeadingElement>(null);
  const main = place === "main";
  usePageTitle(documentTitle, main);
  useLayoutEffect(() => {
    if (main && arrival.peek() !== "start") heading.current?.focus({ preventScroll: true });
  }, [main]);
  return (
    <header class={classNames("head", over === "camera" && "head-cam")}>
      {back !== undefined && !beside && (
        <span class="head-back">
          <IconButton icon="arrow-left" label={t("action.back")} onClick={() => goBack(back)} />
        </span>
      )}
      {main ? (
        <h1 class="head-title" tabIndex={-1} ref={heading}>
          {title}
        </h1>
      ) : (
        <h2 class="head-title">{title}</h2>
      )}
      <div class="head-end">
        {children}
        {!beside && <StatusChip />}
        {main && <Avatar />}
      </div>
    </header>
  );
};
