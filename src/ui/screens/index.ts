import type { ComponentType } from "preact";

import type { RouteName, RouteOf } from "../routes.ts";

/** A screen: what it shows, and on tablets beside which list or what fills the space next to it. */
export type Screen<Name extends RouteName> = {
  readonly show: ComponentType<{ readonly route: RouteOf<Name> }>;
  /** Tablet: the root that stays at the left while this is open, the last visited of these. */
  readonly beside?: readonly RouteName[];
  /** Tablet: this is such a root; shown at its right while nothing is open. */
  readonly alone?: ComponentType;
};

/** Every screen by the name of its route; a new one is one line here, in routes.ts and in screens.css. */
export const screens: { readonly [Name in RouteName]?: Screen<Name> } = {};
