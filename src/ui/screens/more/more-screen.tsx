import { Empty } from "../../components/empty.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { t } from "../../language.ts";
import { route } from "../../router.ts";
import { linkTo } from "../../routes.ts";

type EntryName =
  | "todo"
  | "export"
  | "outbox"
  | "overpaid"
  | "verify"
  | "receive"
  | "sale_filter"
  | "checkpoint"
  | "close"
  | "staff"
  | "devices"
  | "acquirers"
  | "form_blank"
  | "policy"
  | "shop"
  | "look"
  | "backup"
  | "audit"
  | "privacy"
  | "storage"
  | "uploads"
  | "train"
  | "help"
  | "about";

const groups = [
  [
    "work",
    [
      ["todo", "hand"],
      ["export", "file-up"],
      ["outbox", "send"],
      ["overpaid", "hand"],
      ["verify", "shield-check"],
      ["receive", "scan-line"],
      ["sale_filter", "repeat-2"],
      ["checkpoint", "users"],
      ["close", "clock"],
      ["form_blank", "receipt-text"],
    ],
  ],
  [
    "desk",
    [
      ["staff", "users"],
      ["devices", "qr-code"],
      ["acquirers", "phone"],
      ["policy", "scale"],
      ["shop", "store"],
      ["look", "sun"],
      ["backup", "shield-check"],
      ["audit", "search"],
      ["privacy", "trash"],
      ["storage", "hard-drive"],
      ["uploads", "circle-arrow-up"],
    ],
  ],
  [
    "learn",
    [
      ["train", "graduation-cap"],
      ["help", "circle-question-mark"],
      ["about", "info"],
    ],
  ],
] as const satisfies readonly (readonly [string, readonly (readonly [EntryName, IconName])[]])[];

/** T5: everything that is no daily work, in three groups. */
export const MoreScreen = () => (
  <>
    <PageHeader title={t("tab.more")} />
    {groups.map(([group, entries]) => (
      <DayGroup key={group} title={t(`more.${group}`)}>
        {entries.map(([name, icon]) => (
          <Row
            key={name}
            href={linkTo(name)}
            icon={icon}
            title={t(`more.${name}`)}
            facts={[t(`more.${name}_note`)]}
            current={route.value.name === name}
            chevron
          />
        ))}
      </DayGroup>
    ))}
  </>
);

/** Tablet: what stands at the right while nothing is chosen. */
export const MoreAlone = () => <Empty icon="ellipsis" text={t("more.pick")} />;
