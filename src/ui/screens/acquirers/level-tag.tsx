import { isConfirmed, type Fact } from "../../../domain/acquirers/fact.ts";
import { Tag } from "../../components/badge.tsx";
import { levelWord } from "./acquirer-words.ts";

/** Whether anybody confirmed a fact. */
export const LevelTag = ({ fact }: { readonly fact: Fact }) => (
  <Tag
    icon={isConfirmed(fact) ? "check" : "circle-alert"}
    tone={isConfirmed(fact) ? "neutral" : "warn"}
  >
    {levelWord(fact)}
  </Tag>
);
