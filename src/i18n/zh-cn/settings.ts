/** Words of 更多 and what it leads to. */
export const settings = {
  "shop.title": "店铺",
  "shop.name": "店名",
  "shop.currency": "币种",
  "shop.zone": "时区",
  "shop.device": "本机",
  "shop.prefix": "退款单号前缀",
  "shop.fingerprint": "本机密钥指纹",
  "shop.root": "店铺密钥指纹",
  "shop.fingerprint_note": "核对签名文件时，与对方看到的 8 组字符逐一比较。",
  "shop.fixed": "店名、币种和时区在第一条签名记录里，不能改。",
} as const;
