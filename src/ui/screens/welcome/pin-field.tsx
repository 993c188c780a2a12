import { TextField, type FieldFrame } from "../../components/field.tsx";

/** A new PIN, hidden while it is typed; six digits because the pad of the lock takes six. */
export const PinField = (frame: FieldFrame) => (
  <TextField
    {...frame}
    type="password"
    inputMode="numeric"
    autocomplete="new-password"
    look="figure"
    maxLength={6}
    required
  />
);
