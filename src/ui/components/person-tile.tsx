import { initialOf } from "./initial.ts";

/** A person to choose: initial, name, role; lay several in `u-grid-2`. */
export const PersonTile = ({
  name,
  role,
  current = false,
  onPick,
}: {
  readonly name: string;
  readonly role: string;
  /** Already at the till. */
  readonly current?: boolean;
  readonly onPick: () => void;
}) => (
  <button
    type="button"
    class="person"
    onClick={onPick}
    {...(current ? { "aria-current": "true" } : {})}
  >
    <span class="person-initial" aria-hidden="true">
      {initialOf(name)}
    </span>
    <span class="person-name">
      <b>{name}</b>
      <small class="facts">{role}</small>
    </span>
  </button>
);
