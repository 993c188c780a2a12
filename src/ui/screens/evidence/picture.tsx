import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

/** A photo from its bytes; the address it needs lives only as long as it is shown. */
export const Picture = ({
  bytes,
  label,
  whole = false,
}: {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly label: string;
  /** As large as the sheet instead of a thumbnail. */
  readonly whole?: boolean;
}) => {
  const address = useSignal<string | undefined>(undefined);
  useLayoutEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
    address.value = made;
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return address.value === undefined ? undefined : (
    <img class={whole ? "ev-whole" : "ev-thumb"} src={address.value} alt={label} />
  );
};
