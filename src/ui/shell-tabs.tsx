import { Icon } from "./components/icon.tsx";
import type { IconName } from "./components/icon-names.ts";
import { t } from "./language.ts";
import { linkTo, tabs, type Tab } from "./routes.ts";

const icons: Readonly<Record<Tab, IconName>> = {
  scan: "scan-line",
  records: "receipt-text",
  recon: "scale",
  insights: "chart-column",
  more: "ellipsis",
};

/** The roots: a bar at the bottom of phones, a rail at the left of tablets and short windows. */
export const ShellTabs = ({ current }: { readonly current: Tab }) => (
  <nav class="tabs" aria-label={t("tab.bar")}>
    {tabs.map((tab) => (
      <a key={tab} href={linkTo(tab)} {...(tab === current ? { "aria-current": "page" } : {})}>
        <span class="tabs-icon">
          <Icon name={icons[tab]} />
        </span>
        <span>{t(`tab.${tab}`)}</span>
      </a>
    ))}
  </nav>
);
