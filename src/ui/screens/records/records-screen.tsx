import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { FilterChips } from "../../components/chip-group.tsx";
import { Empty } from "../../components/empty.tsx";
import { TextField } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Segments } from "../../components/segments.tsx";
import { t } from "../../language.ts";
import { replaceWith, route as shownRoute } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { PaymentList } from "./payment-list.tsx";
import {
  parseView,
  refundFilters,
  toggleFilter,
  writeView,
  type RecordsView,
} from "./records-filter.ts";
import { RefundList } from "./refund-list.tsx";
import { RefusalList } from "./refusal-list.tsx";
import { TodoLink } from "../todo/todo-link.tsx";

const debounceMs = 200;

/** What is typed, as soon as nothing was typed for a moment. */
const useSearch = (): {
  readonly settled: Signal<string>;
  readonly type: (text: string) => void;
} => {
  const settled = useSignal("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLayoutEffect(() => () => clearTimeout(timer.current), []);
  return {
    settled,
    type: (text) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => (settled.value = text), debounceMs);
    },
  };
};

/** The view of the address; beside an open record it changes without closing the record. */
const useView = (f: string | undefined) => {
  const view = useSignal<RecordsView>(parseView(f));
  useLayoutEffect(() => {
    view.value = parseView(f);
  }, [f]);
  const change = (next: RecordsView): void => {
    view.value = next;
    const wanted = writeView(next);
    if (shownRoute.peek().name === "records")
      replaceWith(linkTo("records", wanted === undefined ? {} : { f: wanted }));
  };
  return { view, change };
};

/** T2: refunds and payments, newest first, with search and filters. */
export const RecordsScreen = ({ route }: { readonly route: RouteOf<"records"> }) => {
  const { view, change } = useView(route.args.f);
  const search = useSearch();
  const field = useRef<HTMLInputElement>(null);
  const clear = (): void => {
    if (field.current !== null) field.current.value = "";
    search.settled.value = "";
    change({ ...view.peek(), filters: [] });
  };
  const { segment, filters } = view.value;
  return (
    <>
      <PageHeader title={t("records.title")}>
        <TodoLink />
      </PageHeader>
      <Segments
        label={t("records.title")}
        name="records-segment"
        choices={[
          { value: "refunds", label: t("records.refunds") },
          { value: "payments", label: t("records.payments") },
        ]}
        value={segment}
        onPick={(picked) => change({ segment: picked, filters: [] })}
      />
      <search class="rec-find">
        <TextField
          ref={field}
          name="search"
          type="search"
          label={t("records.search")}
          placeholder={t("records.search_hint")}
          onInput={(event) => search.type(event.currentTarget.value)}
        />
        {segment === "refunds" && (
          <FilterChips
            label={t("records.filters")}
            choices={refundFilters.map((value) => ({ value, label: t(`records.filter.${value}`) }))}
            selected={filters}
            onToggle={(toggled) => change({ segment, filters: toggleFilter(filters, toggled) })}
          />
        )}
      </search>
      {segment === "payments" && <PaymentList search={search.settled} />}
      {segment === "refunds" && filters.includes("declined") && <RefusalList onClear={clear} />}
      {segment === "refunds" && !filters.includes("declined") && (
        <RefundList view={view} search={search.settled} onClear={clear} />
      )}
    </>
  );
};

/** Tablet: what stands beside the list while nothing is open. */
export const RecordsAlone = () => <Empty icon="receipt-text" text={t("pane.empty.records")} />;
