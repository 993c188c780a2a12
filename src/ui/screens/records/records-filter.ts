import type { MoneyState } from "../../../domain/refund/money-track.ts";

/** Filters of the list of refunds, in the order of their chips. */
export const refundFilters = [
  "today",
  "to_approve",
  "to_handle",
  "to_export",
  "to_submit",
  "not_arrived",
  "withdrawn",
  "declined",
] as const;

export type RefundFilter = (typeof refundFilters)[number];

/** What the list shows; kept in the address, so that back finds it again. */
export type RecordsView = {
  readonly segment: "refunds" | "payments";
  readonly filters: readonly RefundFilter[];
};

const states: Readonly<Record<Exclude<RefundFilter, "today">, readonly MoneyState[]>> = {
  to_approve: ["pending_approval"],
  to_handle: ["needs_action", "unknown", "abnormal", "conflict"],
  to_export: ["ready"],
  to_submit: ["exported"],
  not_arrived: ["submitted", "processing", "needs_action", "unknown", "abnormal", "conflict"],
  withdrawn: ["withdrawn"],
  declined: [], // requests without any refund: a list of their own
};

/** The states of the money that the chosen filters let through; none for all. */
export const statesOf = (filters: readonly RefundFilter[]): readonly MoneyState[] =>
  filters.flatMap((filter) => (filter === "today" ? [] : states[filter]));

/** Turns a filter on or off; declined requests are never among refunds, so that they are shown alone. */
export const toggleFilter = (
  filters: readonly RefundFilter[],
  toggled: RefundFilter,
): readonly RefundFilter[] => {
  if (toggled === "declined") return filters.includes("declined") ? [] : ["declined"];
  return refundFilters.filter(
    (filter) => filter !== "declined" && filters.includes(filter) !== (filter === toggled),
  );
};

/** Reads `payments`, or `today,to_export`; words it does not know are left out. */
export const parseView = (text: string | undefined): RecordsView => {
  const words = (text ?? "").split(",");
  return {
    segment: words.includes("payments") ? "payments" : "refunds",
    filters: refundFilters.filter((filter) => words.includes(filter)),
  };
};

/** The `f` of the address; undefined for the plain list of refunds. */
export const writeView = ({ segment, filters }: RecordsView): string | undefined => {
  if (segment === "payments") return "payments";
  return filters.length === 0 ? undefined : filters.join(",");
};
