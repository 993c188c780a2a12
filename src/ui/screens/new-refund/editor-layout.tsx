import type { ComponentChildren } from "preact";

import { useMedia } from "../../media.ts";

/** Facts and reasons at the left, amount and keypad at the right: the detail pane is 44rem wide or more. */
const twoColumns = "(min-width: 71.5rem)";

/** Whether there is room for two columns with the keypad on screen. */
export const useWide = (): boolean => useMedia(twoColumns);

type LayoutParts = Readonly<
  Record<"order" | "types" | "reasons" | "amount" | "pad" | "bar", ComponentChildren>
>;

/** Phones stack everything and put the keypad into a sheet. */
export const EditorLayout = ({ wide, ...parts }: LayoutParts & { readonly wide: boolean }) =>
  wide ? (
    <div class="edit-two">
      <div class="u-stack">
        {parts.order}
        {parts.types}
        {parts.reasons}
      </div>
      <div class="u-stack">
        {parts.amount}
        {parts.pad}
        {parts.bar}
      </div>
    </div>
  ) : (
    <>
      {parts.order}
      {parts.types}
      {parts.amount}
      {parts.reasons}
      {parts.bar}
    </>
  );
