import { createContext, type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";

import type { Abilities } from "../usecases/abilities.ts";
import type { Deps } from "../usecases/deps.ts";
import type { Start } from "../usecases/start.ts";

/** What main.tsx built; `deps` is there as soon as a shop is open. */
export type Built = {
  readonly deps: Deps | undefined;
  readonly abilities: Abilities;
  readonly start: Start;
};

const BuiltContext = createContext<Built | undefined>(undefined);

export const DepsProvider = ({
  built,
  children,
}: {
  readonly built: Built;
  readonly children: ComponentChildren;
}) => <BuiltContext.Provider value={built}>{children}</BuiltContext.Provider>;

const useBuilt = (): Built => {
  const built = useContext(BuiltContext);
  if (built === undefined) throw new Error("a screen stands outside DepsProvider");
  return built;
};

/** What use cases need; asking before a shop is open is a bug. */
export const useDeps = (): Deps => {
  const { deps } = useBuilt();
  if (deps === undefined) throw new Error("this screen needs an open shop");
  return deps;
};

/** The same, or undefined on pages that are also there before a shop is open. */
export const useMaybeDeps = (): Deps | undefined => useBuilt().deps;

/** What the browser can do: camera, files, printing. */
export const useAbilities = (): Abilities => useBuilt().abilities;

/** First run, lock, practice and rescue. */
export const useStart = (): Start => useBuilt().start;
