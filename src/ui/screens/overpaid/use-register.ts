import { moveClaim, type Overpaid } from "../../../usecases/move-claim.ts";
import { announce } from "../../components/announce.ts";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

/** Moves a claim on in the name of somebody entitled, and says so. */
export const useRegister = () => {
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const move = async (
    about: Overpaid,
    state: Parameters<typeof moveClaim>[2],
    said?: string,
  ): Promise<boolean> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => moveClaim(deps, about, state));
      return saved.ok ? undefined : saved.fault;
    });
    if (done) announce(said ?? t("overpaid.registered"));
    return done;
  };
  return { busy, fault, move, asking: entitled.sheet };
};
