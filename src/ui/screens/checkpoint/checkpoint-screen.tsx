import { parseCode } from "../../../domain/codes/index.ts";
import { businessDate } from "../../../domain/instant.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { NonceCode, OwnCode } from "./own-code.tsx";
import { SeenCode, TakenCode } from "./scanned-code.tsx";

/** Whether a text is another till's statement; anything else is read as a checkpoint, which refuses it in words. */
const useIsStatement = (text: string): boolean => {
  const { now, shop } = useShell();
  const read = parseCode(text, businessDate(now(), shop.calendar));
  return (
    read.kind === "own" && read.code.kind === "own_token" && read.code.type === "refund-wit+jwt"
  );
};

const Scanned = ({ token }: { readonly token: string }) =>
  useIsStatement(token) ? (
    <TakenCode key={token} token={token} />
  ) : (
    <SeenCode key={token} token={token} />
  );

/** Z2: this till's checkpoint for others to scan, and what others showed. */
export const CheckpointScreen = ({ route }: { readonly route: RouteOf<"checkpoint"> }) => {
  const { n, t: token } = route.args;
  return (
    <>
      <PageHeader
        title={t(token === undefined ? "proof.checkpoint.title" : "proof.seen.title")}
        back={linkTo("more")}
      />
      {token === undefined ? (
        <>
          <OwnCode nonce={n} />
          <NonceCode />
        </>
      ) : (
        <Scanned token={token} />
      )}
    </>
  );
};
