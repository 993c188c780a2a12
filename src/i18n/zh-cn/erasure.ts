/** Words of erasing a customer's data; keys begin with "erasure.". */
export const erasure = {
  "erasure.title": "删除顾客信息",
  "erasure.goes": "会删除",
  "erasure.goes.records": "备注、联系内容和证件后四位，{n} 条记录",
  "erasure.goes.files": "证件照片 {n} 张",
  "erasure.goes.payer": "付款人",
  "erasure.goes.none": "这台设备上没有这位顾客的信息。",
  "erasure.stays": "会留下",
  "erasure.stays.text":
    "金额、单号、日期、原因、凭证照片和签名。记录链照样能验证，验证时会写明“已按要求删除”。",
  "erasure.outside":
    "已经导出或分享出去的文件和打印的凭条，这里删不到，请通知拿到的人删除。店里别的设备合并这台的记录时跟着删除。",
  "erasure.asked": "另一台设备删除了 {n} 条记录里的顾客信息，它们是这台登记的",
  "erasure.asked.text":
    "这台也删除以后，这台的记录链才写明“已按要求删除”。需要店主，或有权删除的人。",
  "erasure.asked.do": "在这台也删除",
  "erasure.payer": "付款人也删除",
  "erasure.payer.help": "同一笔收款的其他退款也不再显示付款人。",
  "erasure.why": "为什么删除",
  "erasure.why.request": "顾客要求",
  "erasure.why.retention": "保存期已过",
  "erasure.why.mistake": "误登记",
  "erasure.confirm": "删除，不能恢复",
  "erasure.done": "顾客信息已删除",
  "erasure.field": "顾客信息",
  "erasure.erased": "已按要求删除",
  "erasure.erased_at": "已按要求删除 · {time}",
  "erasure.history": "删除第 {seq} 号记录里的顾客信息（{why}）",
  "erasure.fault.nothing": "这里没有可以删除的顾客信息",
} as const;
