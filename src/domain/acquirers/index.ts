import { alipay } from "./alipay.ts";
import { custom } from "./custom.ts";
import type { AcquirerProfile } from "./profile.ts";
import { unionpay } from "./unionpay.ts";
import { wechatpay } from "./wechatpay.ts";
import type { Channel } from "../channels.ts";

/** Every acquirer this version knows. */
export const acquirers = { wechatpay, alipay, unionpay, custom } as const;

export type AcquirerId = keyof typeof acquirers;

/** The profile by the id in a record; an id from a newer version is treated like any other acquirer. */
export const profileOf = (id: string): AcquirerProfile =>
  Object.values(acquirers).find((profile) => profile.id === id) ?? custom;

/** The acquirer a hand-written payment of that channel belongs to. */
export const acquirerOf = (channel: Channel): AcquirerId =>
  Object.values(acquirers).find((profile) => profile.channel === channel)?.id ?? "custom";
