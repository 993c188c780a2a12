import { canonicalize } from "../canonical.ts";
import { saleOf } from "../sale-key.ts";
import type { FactOf } from "./fact.ts";
import { flagOverrefund, joinGroups, newGroup } from "./balance.ts";
import { findReferred, findOwn, type Rule, type Sale, type State, type Version } from "./state.ts";

type Payment = FactOf<"payment">;

const checkSource = (state: State, fact: Payment): void => {
  const { det } = fact;
  if (det === undefined) return;
  if (det.imp !== undefined) findReferred(state, fact, det.imp, ["import"]);
};

/** The first record derives the payment key from its strongest number; later ones only repeat that number. */
const checkKey = (state: State, fact: Payment, known: Sale | undefined): void => {
  const { core, det, seq } = fact;
  if (det === undefined) return;
  const { key } = det;
  if (known !== undefined) {
    if (known.number !== undefined && known.number !== canonicalize(key))
      state.report("E_SALE", seq);
    return;
  }
  const isDerived = key === null || saleOf(det.acq, { name: key[0], number: key[1] }) === core.sale;
  if (core.re === undefined && !isDerived) state.report("E_SALE", seq);
};

/** A known payment needs `re` = its latest version; the currency never changes. */
const checkVersion = (state: State, fact: Payment, known: Sale | undefined): void => {
  const { re } = fact.core;
  if (re !== undefined) findOwn(state, fact, re, ["payment"]);
  if (known === undefined) {
    if (re !== undefined && !state.incomplete) state.report("E_REF", fact.seq);
    return;
  }
  if (known.latest.seq !== re || known.latest.cur !== fact.core.cur)
    state.report("E_REF", fact.seq);
  else if (fact.core.amt > known.latest.amt) state.report("F_PAYMENT_RAISED", fact.seq);
};

const versionOf = ({ seq, training, core, det }: Payment): Version => {
  const { st, cur, amt } = core;
  return { seq, training, st, cur, amt, grade: det?.grade };
};

const openSale = (fact: Payment): Sale => {
  const sale: Partial<Sale> & Pick<Sale, "key" | "latest" | "number"> = {
    key: fact.core.sale,
    number: fact.det === undefined ? undefined : canonicalize(fact.det.key),
    latest: versionOf(fact),
  };
  sale.group = newGroup(sale as Sale);
  sale.group.complete = fact.core.re === undefined;
  return sale as Sale;
};

const joinSame = (state: State, sale: Sale, fact: Payment): void => {
  for (const key of fact.core.same ?? []) {
    const other = state.sales.get(key);
    if (other === undefined) {
      sale.group.complete &&= !state.incomplete;
      continue;
    }
    if (other.latest.training !== fact.training) state.report("E_TRAINING", fact.seq);
    if (other.latest.cur === fact.core.cur) joinGroups(sale.group, other.group);
    else state.report("E_REF", fact.seq);
  }
};

/** Rules of a payment record, refundlog.md §4 and §5.1. */
export const checkPayment: Rule<"payment"> = (state, fact) => {
  const { core } = fact;
  const known = state.sales.get(core.sale);
  checkVersion(state, fact, known);
  checkSource(state, fact);
  checkKey(state, fact, known);
  const sale = known ?? openSale(fact);
  state.sales.set(core.sale, sale);
  sale.latest = versionOf(fact);
  joinSame(state, sale, fact);
  const { group } = sale;
  if (core.src === "import") group.imported = { seq: fact.seq, amt: core.amt };
  group.lowest = Math.min(group.lowest, core.amt);
  group.ext = Math.max(group.ext, core.ext ?? 0);
  flagOverrefund(state, group, fact.seq);
};
