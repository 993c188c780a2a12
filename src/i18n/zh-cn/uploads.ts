/** Words of the page of copies to the merchant's own storage; keys begin with "uploads.". */
export const uploads = {
  "uploads.practice": "练习模式从不发送。",
  "uploads.fault.not_queued": "文件已导出，但副本没有排上队：本机空间不足。腾出空间再导出一次",
  "uploads.fault.address_wrong": "地址不对。请写完整的网址，里面不要有空格、用户名或 #",
  "uploads.fault.address_insecure": "地址要以 https:// 开头（本机程序可用 http://127.0.0.1）",
  "uploads.fault.name_missing":
    "PUT 的地址里要有文件名的位置，不然后一个文件会盖掉前一个，请照下面的例子写",
  "uploads.fault.secret_wrong":
    "授权不对。用户名里不能有冒号，请求头的名字只能是字母、数字和连字符；换了网址要重新填",
  "uploads.fault.other_origin": "这个地址不在设置的网址里，没有使用",
} as const;
