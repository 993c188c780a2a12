import type { AcquirerProfile, ProfileFact } from "../../../domain/acquirers/profile.ts";
import { isVerified } from "../../../domain/acquirers/profile.ts";
import { markVerified } from "../../../usecases/change-profile.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { t } from "../../language.ts";
import { factText, sourceText } from "./acquirer-words.ts";
import { LevelTag } from "./level-tag.tsx";
import { useProfileChange } from "./use-profile-change.ts";

const Confirm = ({
  profile,
  fact,
  onDone,
}: {
  readonly profile: AcquirerProfile;
  readonly fact: ProfileFact;
  readonly onDone: () => void;
}) => {
  const { busy, fault, sheet, change } = useProfileChange();
  const confirm = async (): Promise<void> => {
    const said = t("acquirers.verify_done", { fact: t(`acquirers.fact.${fact}`) });
    const saved = await change(said, (deps) => markVerified(deps, profile.id, fact));
    if (saved !== undefined) onDone();
  };
  return (
    <>
      <p class="u-small">{t("acquirers.verify_text")}</p>
      <FaultNote fault={fault.value} />
      <Button kind="primary" busy={busy.value} onClick={() => void confirm()}>
        {t("acquirers.verify")}
      </Button>
      {sheet}
    </>
  );
};

/** One fact in full: what it says, who says so, and the tap that confirms it. */
export const FactSheet = ({
  profile,
  fact,
  onClose,
}: {
  readonly profile: AcquirerProfile;
  readonly fact: ProfileFact;
  readonly onClose: () => void;
}) => (
  <Sheet title={t(`acquirers.fact.${fact}`)} onClose={onClose}>
    <p class="u-strong">
      <bdi>{factText(profile, fact)}</bdi>
    </p>
    <p>
      <LevelTag fact={profile.facts[fact]} />
    </p>
    <p class="u-small">{sourceText(profile.facts[fact])}</p>
    {!isVerified(profile, fact) && <Confirm profile={profile} fact={fact} onDone={onClose} />}
  </Sheet>
);
