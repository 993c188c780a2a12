import { useSignal } from "@preact/signals";

import {
  factGroups,
  type AcquirerProfile,
  type FactGroup,
  type ProfileFact,
} from "../../../domain/acquirers/profile.ts";
import { DayGroup, Row } from "../../components/row.tsx";
import { t } from "../../language.ts";
import { factText, sourceText } from "./acquirer-words.ts";
import { FactSheet } from "./fact-sheet.tsx";
import { LevelTag } from "./level-tag.tsx";

const groups = Object.keys(factGroups) as readonly FactGroup[];

/** Every fact in its group, with whether anybody confirmed it; a tap shows its source. */
export const ProfileFacts = ({ profile }: { readonly profile: AcquirerProfile }) => {
  const open = useSignal<ProfileFact | undefined>(undefined);
  return (
    <>
      {groups.map((group) => (
        <DayGroup key={group} title={t(`acquirers.group.${group}`)}>
          {factGroups[group].map((fact) => (
            <Row
              key={fact}
              title={t(`acquirers.fact.${fact}`)}
              facts={[<bdi key="value">{factText(profile, fact)}</bdi>]}
              end={<LevelTag fact={profile.facts[fact]} />}
              onClick={() => {
                open.value = fact;
              }}
            />
          ))}
        </DayGroup>
      ))}
      {open.value !== undefined && (
        <FactSheet
          profile={profile}
          fact={open.value}
          onClose={() => {
            open.value = undefined;
          }}
        />
      )}
    </>
  );
};

/** Rules that no figure says, each with its source. */
export const ProfileNotes = ({ profile }: { readonly profile: AcquirerProfile }) =>
  profile.notes.length === 0 ? undefined : (
    <DayGroup title={t("acquirers.group.notes")}>
      {profile.notes.map((note) => (
        <Row
          key={note.name}
          title={t(`acquirers.note.${note.name}`)}
          facts={[sourceText(note)]}
          end={<LevelTag fact={note} />}
        />
      ))}
    </DayGroup>
  );
