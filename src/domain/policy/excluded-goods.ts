import { eligibilityOf } from "../reasons.ts";
import type { Rule } from "./facts.ts";

/** The same word in full width or in capitals is the same word. */
const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Goods that are not taken back without a cause; what is faulty goes back whatever it is (消法 Art. 24, 25). */
export const excludedGoods: Rule = ({ payment, lines, reason, policy }) => {
  if (eligibilityOf(reason) !== "in_window") return "pass";
  const goods = lines.length > 0 ? lines : (payment?.lines ?? []);
  const words = policy.excludedGoods.map(plain);
  const isExcluded = (name: string): boolean => words.some((word) => plain(name).includes(word));
  return goods.some(({ name = "" }) => isExcluded(name)) ? "lead" : "pass";
};
