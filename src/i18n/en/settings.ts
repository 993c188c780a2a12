import type { Area } from "../area.ts";
import type { settings as zh } from "../zh-cn/settings.ts";

export const settings = {
  "shop.title": "Shop",
  "shop.name": "Name",
  "shop.currency": "Currency",
  "shop.zone": "Time zone",
  "shop.device": "This device",
  "shop.prefix": "Refund number prefix",
  "shop.fingerprint": "Device key fingerprint",
  "shop.root": "Shop key fingerprint",
  "shop.fingerprint_note": "When a signed file is checked, compare the 8 groups one by one.",
  "shop.fixed": "Name, currency and zone are in the first signed record and cannot be changed.",
} satisfies Area<typeof zh>;
