import type { MoneyState } from "../../../domain/refund/money-track.ts";

/** Filters of the list of refunds, in the order of their chips. */
export const refundFilters = [
  "today",
  "to_export",
  "to_submit",
  "not_arrived",
  "withdrawn",
] as const;

export type RefundFilter = (typeof refundFilters)[number];

/** What the list shows; kept in the address, so that back finds it again. */
export type RecordsView = {
  readonly segment: "refunds" | "payments";
  readonly filters: readonly RefundFilter[];
};

const states: Readonly<Record<Exclude<RefundFilter, "today">, readonly MoneyState[]>> = {
  to_export: ["ready"],
  to_submit: ["exported"],
  not_arrived: ["submitted", "processing", "needs_action", "unknown", "abnormal", "conflict"],
  withdrawn: ["withdrawn"],
};

/** The states of the money that the chosen filters let through; none for all. */
export const statesOf = (filters: readonly RefundFilter[]): readonly MoneyState[] =>
  filters.flatMap((filter) => (filter === "today" ? [] : states[filter]));

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
