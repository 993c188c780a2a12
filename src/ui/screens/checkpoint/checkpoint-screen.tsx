import type { ComponentChildren } from "preact";

import { parseCode } from "../../../domain/codes/index.ts";
import { businessDate } from "../../../domain/instant.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { SeenOfUs } from "./chain-trouble.tsx";
import { NonceCode, OwnCode } from "./own-code.tsx";
import { SeenCode, TakenCard, TakenCode } from "./scanned-code.tsx";

/** Whether a text is another till's statement; anything else is read as a checkpoint, which refuses it in words. */
const useIsStatement = (text: string | undefined): boolean => {
  const { now, shop } = useShell();
  const read = parseCode(text ?? "", businessDate(now(), shop.calendar));
  return (
    read.kind === "own" && read.code.kind === "own_token" && read.code.type === "refund-wit+jwt"
  );
};

type Titled = { readonly title: string; readonly body: ComponentChildren };

const shownFor = (
  { n, t: token, k: card }: RouteOf<"checkpoint">["args"],
  isStatement: boolean,
): Titled => {
  if (card !== undefined)
    return { title: t("proof.card.title"), body: <TakenCard key={card} card={card} /> };
  if (token !== undefined && isStatement)
    return { title: t("proof.taken.page"), body: <TakenCode key={token} token={token} /> };
  if (token !== undefined)
    return { title: t("proof.seen.title"), body: <SeenCode key={token} token={token} /> };
  const own = (
    <>
      <SeenOfUs />
      <OwnCode nonce={n} />
      <NonceCode />
    </>
  );
  return { title: t("proof.checkpoint.title"), body: own };
};

/** Z2: this till's checkpoint for others to scan, and what others showed. */
export const CheckpointScreen = ({ route }: { readonly route: RouteOf<"checkpoint"> }) => {
  const { title, body } = shownFor(route.args, useIsStatement(route.args.t));
  return (
    <>
      <PageHeader title={title} back={linkTo("more")} />
      {body}
    </>
  );
};
