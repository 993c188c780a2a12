import { useLayoutEffect } from "preact/hooks";

import { alertNow } from "../../components/announce.ts";
import { TextField, type FieldFrame } from "../../components/field.tsx";

/** A new PIN, hidden while it is typed; six digits because the pad of the lock takes six. A fault is read out. */
export const PinField = (frame: FieldFrame) => {
  useLayoutEffect(() => {
    if (frame.fault !== undefined) alertNow(frame.fault);
  }, [frame.fault]);
  return (
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
};
