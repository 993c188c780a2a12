import { t } from "../language.ts";

/** So many rows of one list are drawn at once. */
export const mostListed = 50;

/** How many of a list stand not on the page. */
export const NotListed = ({ of }: { readonly of: number }) =>
  of > mostListed ? <p class="u-small">{t("recon.more", { n: of - mostListed })}</p> : undefined;
