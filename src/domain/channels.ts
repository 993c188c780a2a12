/** The wallet or card a payment was made with; named in text only, no third-party logos. */
export const channels = ["wechat", "alipay", "unionpay", "other"] as const;

export type Channel = (typeof channels)[number];

export const findChannel = (code: string): Channel | undefined =>
  channels.find((channel) => channel === code);
