/** Words of policy; keys begin with "policy.". */
export const policy = {
  "policy.title": "退款政策",
  "policy.version": "现行",
  "policy.version_n": "第 {n} 版",
  "policy.since": "生效",
  "policy.show": "给顾客看",
  "policy.save": "保存新版本",
  "policy.saved": "第 {n} 版已生效",
  "policy.unchanged": "没有改动，仍是第 {n} 版",
  "policy.voids_rights":
    "“{words}”排除了消费者的法定权利，无效（《消费者权益保护法》第24至26条），请改写",

  "policy.windows": "期限",
  "policy.window_days": "付款后几天内可退",
  "policy.window_days_help": "按营业日算，含最后一天。过了要店长同意",
  "policy.cooling_off_days": "只是不想要，几天内可退",
  "policy.cooling_off_days_help": "不想要了、尺码不合适，以及“期限内可退”的原因",

  "policy.proof": "凭证",
  "policy.receipt_required": "要有付款凭证",
  "policy.receipt_required_help": "没有的要店长同意",
  "policy.unused_required": "退货要未使用、配件齐全",
  "policy.unused_required_help": "用过或不全的要店长同意",
  "policy.photo_from": "多少钱起要拍商品照片",
  "policy.typed_twice_from": "多少钱起金额要输两次",

  "policy.goods": "商品",
  "policy.excluded_goods": "不适用无理由退货的商品",
  "policy.excluded_goods_help": "一行一个词，例如定制、鲜活。有质量问题的照样退",

  "policy.role.clerk": "店员自己能退",
  "policy.role.lead": "店长自己能退",
  "policy.limit.amount": "每笔最多",
  "policy.limit.days": "付款后几天内",
  "policy.limit.refunds": "同一笔收款最多几次",
  "policy.limit_help": "空着就不限。超过的要上一级同意",

  "policy.reasons": "退款原因怎么办",
  "policy.eligible.yes": "直接退",
  "policy.eligible.in_window": "期限内可退",
  "policy.eligible.approval": "要批准",
  "policy.eligible.no": "店主才能批准",

  "policy.text": "给顾客看的文字",
  "policy.text_zh": "中文",
  "policy.text_en": "英文",
  "policy.text_help": "空着就按上面的规则写",

  "policy.public.version": "第 {n} 版，自 {date} 起",
  "policy.public.same_day": "付款当天可以退款。",
  "policy.public.window": "付款后 {n} 天内可以退款。",
  "policy.public.cooling_off": "商品没有毛病、只是不想要了，{n} 天内可以退。",
  "policy.public.receipt": "请出示付款凭证：支付账单、小票或订单号。",
  "policy.public.unused": "退回的商品要未使用、配件齐全。",
  "policy.public.excluded": "不适用无理由退货：{goods}。",
  "policy.public.faulty": "商品有质量问题的，依法退货、更换或修理，不受以上限制。",
  "policy.public.original": "退款回到付款的账户。",
} as const;
