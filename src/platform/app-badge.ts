type Badges = {
  readonly setAppBadge?: (count: number) => Promise<void>;
  readonly clearAppBadge?: () => Promise<void>;
};

/** A number on the app's icon, where the platform has one; nothing rests on it, so a refusal is not told. */
export const showBadge = (count: number): void => {
  const badges: Badges = navigator;
  const shown = count > 0 ? badges.setAppBadge?.(count) : badges.clearAppBadge?.();
  shown?.catch(() => undefined);
};
