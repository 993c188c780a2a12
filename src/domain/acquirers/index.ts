import { alipay } from "./alipay.ts";
import { chinaums } from "./chinaums.ts";
import { custom } from "./custom.ts";
import { lakala } from "./lakala.ts";
import type { AcquirerProfile } from "./profile.ts";
import { ruiyinxin } from "./ruiyinxin.ts";
import { shengpay } from "./shengpay.ts";
import { shouqianba } from "./shouqianba.ts";
import { unionpay } from "./unionpay.ts";
import { wechatpay } from "./wechatpay.ts";
import type { Channel } from "../channels.ts";

/** Every acquirer this version knows; a new one is one file and one line here. */
export const acquirers = {
  wechatpay,
  alipay,
  unionpay,
  lakala,
  chinaums,
  ruiyinxin,
  shengpay,
  shouqianba,
  custom,
} as const;

export type AcquirerId = keyof typeof acquirers;

export const acquirerIds = Object.keys(acquirers) as readonly AcquirerId[];

/** The profile as this version ships it; an id from a newer version is treated like any other acquirer. */
export const shippedProfile = (id: string): AcquirerProfile =>
  Object.values<AcquirerProfile>(acquirers).find((profile) => profile.id === id) ?? custom;

/** The acquirer that a hand-written payment of that channel belongs to unless somebody says another. */
export const acquirerOf = (channel: Channel): AcquirerId =>
  acquirerIds.find((id) => shippedProfile(id).channels.includes(channel)) ?? "custom";
