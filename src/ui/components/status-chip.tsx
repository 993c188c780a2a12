import { useRef } from "preact/hooks";

import { t } from "../language.ts";
import { linkTo } from "../routes.ts";
import { useShell, type ShellStatus } from "../shell-context.tsx";
import type { Tone } from "./badge.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

type Chip = {
  readonly tone: Tone;
  readonly icon: IconName | undefined;
  readonly href: string;
  readonly text: string;
};

const chipOf = (status: ShellStatus): Chip => {
  switch (status.kind) {
    case "recording_stopped":
    case "storage_fault":
      return {
        tone: "danger",
        icon: "triangle-alert",
        href: linkTo("storage"),
        text: t(`status.${status.kind}`),
      };
    case "saved_once":
      return {
        tone: "warn",
        icon: "hard-drive",
        href: linkTo("storage"),
        text: t("status.saved_once"),
      };
    case "backup_due":
      return {
        tone: "warn",
        icon: "archive-restore",
        href: linkTo("backup"),
        text: t("status.backup_due"),
      };
    case "to_export":
      return {
        tone: "info",
        icon: "file-up",
        href: linkTo("export"),
        text: t("status.to_export", { n: status.count }),
      };
    case "offline_ready":
      return {
        tone: "info",
        icon: "check",
        href: linkTo("storage"),
        text: t("status.offline_ready"),
      };
  }
};

const longPressMs = 600;

/** How the journal is; a tap leads to what it is about, a long press switches strong contrast. */
export const StatusChip = () => {
  const { status, online, onToggleContrast } = useShell();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressed = useRef(false);
  if (status === undefined) return undefined;
  const { tone, icon, href, text } = chipOf(status);
  const onPointerDown = (): void => {
    pressed.current = false;
    timer.current = setTimeout(() => {
      pressed.current = true;
      onToggleContrast();
    }, longPressMs);
  };
  const onPointerUp = (): void => clearTimeout(timer.current);
  return (
    <a
      class="schip-link"
      href={href}
      draggable={false}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerLeave={onPointerUp}
      onPointerCancel={onPointerUp}
      onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => {
        if (pressed.current) event.preventDefault();
      }}
    >
      <span class={`schip tone-${tone}`}>
        {online ? (
          icon !== undefined && <Icon name={icon} size="small" />
        ) : (
          <Icon name="cloud-off" size="small" label={t("status.no_network")} />
        )}
        {text}
      </span>
    </a>
  );
};
