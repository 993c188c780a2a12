import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { useFaultText } from "../../components/fault-note.tsx";

type Kinds = readonly KnownFault["kind"][];

/** Which faults stand beside which field; every other one stands above the button. */
const places = {
  name: ["person_name_missing", "card_number_in_text"],
  limit: ["amount_not_a_number", "amount_too_many_decimals", "amount_too_large"],
  pin: ["pin_length", "pin_weak"],
  again: ["pin_differs"],
} as const satisfies Readonly<Record<string, Kinds>>;

type Place = keyof typeof places;

export type FieldFaults = { readonly [Name in Place]: string | undefined } & {
  /** Set when no field has the fault. */
  readonly other: KnownFault | undefined;
};

/** A fault as the fields of a form about a person show it. */
export const useFieldFaults = (fault: KnownFault | undefined): FieldFaults => {
  const text = useFaultText();
  const at = (place: Place): string | undefined => {
    const kinds: Kinds = places[place];
    return fault !== undefined && kinds.includes(fault.kind) ? text(fault) : undefined;
  };
  const found = { name: at("name"), limit: at("limit"), pin: at("pin"), again: at("again") };
  const placed = Object.values(found).some((sentence) => sentence !== undefined);
  return { ...found, other: placed ? undefined : fault };
};
