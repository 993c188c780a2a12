import { createContext, type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";

import type { Abilities } from "../usecases/abilities.ts";
import type { Deps } from "../usecases/deps.ts";

type AppDeps = { readonly deps: Deps; readonly abilities: Abilities };

const DepsContext = createContext<AppDeps | undefined>(undefined);

export const DepsProvider = ({
  value,
  children,
}: {
  readonly value: AppDeps;
  readonly children: ComponentChildren;
}) => <DepsContext.Provider value={value}>{children}</DepsContext.Provider>;

const useAppDeps = (): AppDeps => {
  const found = useContext(DepsContext);
  if (found === undefined) throw new Error("a screen stands outside DepsProvider");
  return found;
};

/** What use cases need; screens hand it on. */
export const useDeps = (): Deps => useAppDeps().deps;

/** What the browser can do: camera, files, printing. */
export const useAbilities = (): Abilities => useAppDeps().abilities;
