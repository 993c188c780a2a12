import type { Rule } from "./facts.ts";

/** Money goes back the way it came; anything else is an exception of the owner (R30, X31). */
export const destination: Rule = ({ destination: to, mode }) =>
  to === "original" && mode !== "unreferenced" ? "pass" : "owner";
