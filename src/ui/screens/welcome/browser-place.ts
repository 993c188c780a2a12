/** A place that keeps data badly, as far as the browser says so itself; private windows do not say. */
export type PoorPlace = "in_wechat" | "iphone_tab";

/** `standalone` exists in Safari of iOS alone, and is false there in a tab. */
const isIphoneTab = (): boolean =>
  (navigator as { readonly standalone?: boolean }).standalone === false;

/** Where this page was opened, when that needs a warning before real records are made. */
export const findPoorPlace = (): PoorPlace | undefined => {
  if (/MicroMessenger/i.test(navigator.userAgent)) return "in_wechat";
  return isIphoneTab() ? "iphone_tab" : undefined;
};
