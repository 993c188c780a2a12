import { createContext, type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";

import type { Deps } from "../usecases/deps.ts";

const DepsContext = createContext<Deps | undefined>(undefined);

export const DepsProvider = ({
  deps,
  children,
}: {
  readonly deps: Deps | undefined;
  readonly children: ComponentChildren;
}) => <DepsContext.Provider value={deps}>{children}</DepsContext.Provider>;

/** What use cases need; there as soon as a shop is open, asking earlier is a bug. */
export const useDeps = (): Deps => {
  const deps = useContext(DepsContext);
  if (deps === undefined) throw new Error("this screen needs an open shop");
  return deps;
};
