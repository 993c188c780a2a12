/** Words of the start screens; keys begin with "start.". */
export const start = {
  "action.reload": "重新打开",
  "action.update": "更新",
  "notice.updated_elsewhere": "另一个窗口已更新，请重新打开（填写已保留）",
  "notice.update_ready": "有新版本 · 这笔完成后更新",
  "notice.repaired": "发现损坏，已从安全副本恢复 {count} 条，全部一致",
  "train.shop_name": "练习小店",
  "train.owner_name": "练习店主",
  "start.title": "欢迎",
} as const;
