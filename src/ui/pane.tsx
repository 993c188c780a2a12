import { createContext, type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";

/** Where a screen stands: `main` is the page of the address; `list` the root that stays at its left on tablets. */
export type Pane = {
  readonly place: "main" | "list";
  /** Another pane is open at the left: no back arrow, no second status chip. */
  readonly beside: boolean;
};

const PaneContext = createContext<Pane>({ place: "main", beside: false });

/** Where this screen stands. */
export const usePane = (): Pane => useContext(PaneContext);

export const PaneProvider = ({
  pane,
  children,
}: {
  readonly pane: Pane;
  readonly children: ComponentChildren;
}) => <PaneContext.Provider value={pane}>{children}</PaneContext.Provider>;
