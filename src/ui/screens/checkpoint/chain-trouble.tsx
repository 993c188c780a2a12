import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { MessageKey } from "../../../i18n/index.ts";
import { troubleSeenOfUs } from "../../../usecases/seen-of-us.ts";
import { Banner } from "../../components/banner.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { useDeps } from "../../deps.tsx";
import { tWith } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";

/** What follows from a fault besides its sentence; most say all there is to say. */
const more: Readonly<Partial<Record<KnownFault["kind"], readonly MessageKey[]>>> = {
  chain_rolled_back: ["proof.trouble.cut", "proof.trouble.other_do", "proof.trouble.kept"],
  chain_forked: ["proof.trouble.fork", "proof.trouble.other_do", "proof.trouble.kept"],
  own_chain_cut: ["proof.trouble.cut", "proof.trouble.own_do"],
  own_chain_forked: ["proof.trouble.fork", "proof.trouble.own_do"],
  signer_unknown: ["proof.trouble.unknown_do"],
};

/** Why a code of another device was refused: what was found, what that means, what to do. */
export const ChainTrouble = ({ fault }: { readonly fault: KnownFault }) => {
  const text = useFaultText();
  return (
    <Banner tone={fault.kind === "signer_unknown" ? "warn" : "danger"} title={text(fault)}>
      {more[fault.kind]?.map((key) => (
        <p key={key}>{tWith(key, {})}</p>
      ))}
    </Banner>
  );
};

/** What the records of other tills say against this one's. */
export const SeenOfUs = () => {
  const deps = useDeps();
  const live = useLive(() => deps, troubleSeenOfUs);
  const fault = readyValue(live.value);
  return fault === undefined ? undefined : <ChainTrouble fault={fault} />;
};
