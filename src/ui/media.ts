import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

/** Tablet: rail, list and detail (visual.md §5). */
export const wideScreen = "(min-width: 56rem)";

/** Whether a media query holds, kept in step. */
export const useMedia = (query: string): boolean => {
  const holds = useSignal(matchMedia(query).matches);
  useLayoutEffect(() => {
    const list = matchMedia(query);
    const follow = (): void => {
      holds.value = list.matches;
    };
    follow();
    list.addEventListener("change", follow);
    return () => list.removeEventListener("change", follow);
  }, [query]);
  return holds.value;
};
