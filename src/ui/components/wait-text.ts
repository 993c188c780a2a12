import { t } from "../language.ts";

/** `30 秒`, `1 分 5 秒`. */
export const waitText = (seconds: number): string =>
  seconds < 60
    ? t("unlock.seconds", { n: seconds })
    : t("unlock.minutes", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
