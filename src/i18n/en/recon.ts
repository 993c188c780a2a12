import type { Area } from "../area.ts";
import type { recon as zh } from "../zh-cn/recon.ts";

export const recon = {
  "recon.title": "Reconcile",
  "recon.ack": "Import an acknowledgement",
  "recon.import": "Import statement",
  "recon.empty": "Import a WeChat or Alipay statement, and payments are found by their number",
  "recon.days.title": "Statements of the last {n} days",
  "recon.days.some": "{n} of {of} days covered",
  "recon.days.help": "From the first to the last payment in each statement",
  "recon.day.covered": "{day} covered",
  "recon.day.missing": "{day} not covered",
  "recon.last.title": "Last imports",
  "recon.last.imported": "imported {time}",
  "recon.last.sums": "Paid {paid} · refunded {refunded}",
  "recon.rows": "{rows} rows",
  "recon.period": "{from} to {to}",
  "recon.drop": "Drop to import",
  "recon.help.title": "How to download the statement",
  "recon.help.wechat":
    "WeChat: on a computer sign in to pay.weixin.qq.com → 交易中心 → 交易账单 → choose dates and “全部” (all) → download. A day is ready at 10:00 the next morning",
  "recon.help.alipay":
    "Alipay: on a computer sign in to b.alipay.com → 对账中心 → 业务账单 → choose dates → download; the zip can be imported as it is",
  "recon.help.keep":
    "Do not open and save the file in a spreadsheet: it damages the numbers and the file becomes useless",
  "recon.help.moved": "Menus of the platforms may have changed: look for 账单下载 or 对账",

  "recon.import.choose": "Choose a statement",
  "recon.import.lead":
    "Choose a merchant statement of WeChat, Alipay or UnionPay, drop it here, or share it from another app",
  "recon.import.local": "The file is read on this device only and never uploaded",
  "recon.import.reading": "Reading {name}",
  "recon.import.checking": "Checking totals and writing",
  "recon.import.progress": "{rows} rows · {read} / {of} MB",
  "recon.import.left": "about {n} s",
  "recon.confirm.title": "Check it, then import",
  "recon.confirm.text": "Nothing is stored yet. Are channel, dates, sums and the first rows right?",
  "recon.confirm.import": "Import",
  "recon.import.done": "{rows} new rows imported",
  "recon.import.nothing_new": "Nothing new: all {rows} rows are here already",
  "recon.import.done_more": "Scan any of these numbers: the payment and what is left show at once",
  "recon.import.done_fund":
    "A fund bill only shows money in and out: income is no payment to refund, refunds count only with a refund number. Import the transactions for the payments",
  "recon.import.paid": "Paid",
  "recon.import.refunded": "Refunded",
  "recon.import.revoked": "Voided",
  "recon.import.income": "Money in",
  "recon.import.expense": "Other money out",
  "recon.import.first_rows": { one: "First row", other: "First {n} rows" },
  "recon.import.pieces": { one: "{n} row", other: "{n} rows" },
  "recon.import.channel": "Channel",
  "recon.import.layout": "Statement",
  "recon.import.encoding": "Encoding",
  "recon.import.period": "Days",
  "recon.import.rows": "Read",
  "recon.import.new": "New",
  "recon.import.known": "Known",
  "recon.import.problems": "Not understood",
  "recon.import.totals": "Checked against the file’s own totals",
  "recon.import.totals.file": "file says {value}",
  "recon.import.totals.read": "we read {value}",
  "recon.import.totals.same": "same",
  "recon.import.totals.differs": "differs",
  "recon.import.totals.none": "The file has no totals at its end, so nothing was checked",
  "recon.import.problem_lines": "Lines not understood: {n}",
  "recon.import.problem_more": "The first {shown} lines are listed; all are in the problem file",
  "recon.import.problem_capped": "The problem file holds the first {shown} lines",
  "recon.import.problem_save": "Save problem lines (CSV)",
  "recon.import.problem_saved": "Problem lines saved",
  "recon.import.problem_not_saved": "Not saved, please try again",
  "recon.import.problem_line": "Line {line}",
  "recon.import.column_line": "Line",
  "recon.import.column_reason": "Reason",
  "recon.import.scan": "Scan",
  "recon.import.payments": "Payments",
  "recon.import.another": "Import another",
  "recon.import.retry": "Choose a file",
  "recon.import.anyway": "Import {rows} rows anyway",
  "recon.import.quota": "This device is full, the statement was not imported",
  "recon.import.not_saved": "The statement was not imported",
  "recon.import.only_first": {
    one: "One file at a time: {n} other file was not imported",
    other: "One file at a time: {n} other files were not imported",
  },

  "recon.problem.cells": "wrong number of columns",
  "recon.problem.bad_time": "time not understood",
  "recon.problem.bad_amount": "amount not understood",
  "recon.problem.unknown_currency": "unknown currency",
  "recon.problem.unknown_type": "unknown kind of transaction",
  "recon.problem.number_missing": "no number",
  "recon.problem.after_summary": "after the totals",

  "recon.note.fullwidth_colon": "Times use full-width colons; read all the same",
  "recon.note.positive_refund": "Some refunds are written as positive numbers; read as refunds",
  "recon.note.replaced_characters":
    "Some characters cannot be shown; amounts and numbers are not affected",
  "recon.note.repaired_commas": "Names contain commas; put right by counting columns",

  "recon.layout.wechat_all": "WeChat transactions (all)",
  "recon.layout.wechat_success": "WeChat transactions (paid)",
  "recon.layout.wechat_refund": "WeChat transactions (refunds)",
  "recon.layout.wechat_all_legacy": "WeChat transactions (old form, all)",
  "recon.layout.wechat_success_legacy": "WeChat transactions (old form, paid)",
  "recon.layout.wechat_refund_legacy": "WeChat transactions (old form, refunds)",
  "recon.layout.wechat_fund": "WeChat funds",
  "recon.layout.alipay_trade": "Alipay transactions",
  "recon.layout.alipay_fund": "Alipay funds",
  "recon.layout.unionpay_zm": "UnionPay merchant file ZM",

  "recon.then.not_a_statement":
    "Choose the original file from the merchant platform (CSV, xlsx or zip)",
  "recon.then.packed_encrypted":
    "It has a password. Unpack it with the password (on the download page, in a mail or text message), then choose the statement inside",
  "recon.then.packed_damaged": "It is damaged or was not downloaded whole; download it again",
  "recon.then.packed_files":
    "{n} of its files may be a statement; exactly one is wanted. Unpack it and import them one by one",
  "recon.then.packed_unsupported":
    "It is packed in an unknown way, or holds another archive. Unpack it and choose the statement inside",
  "recon.then.packed_xls":
    "It is an old Excel file (.xls), or a sheet with a password. Download the CSV instead; do not save it in a spreadsheet, which damages long numbers",
  "recon.then.payer_bill":
    "It shows what a customer says, and proves no payment here. Sign in to the merchant platform with the merchant number and download its transactions",
  "recon.then.no_bill_that_day":
    "Nothing to import if there was no sale; otherwise download after 10:00",
  "recon.then.header_unknown":
    "Download the original again; if the platform changed its form, update this app",
  "recon.then.too_large": "Download by day or week and import one file after another",
  "recon.then.ids_damaged":
    "Spreadsheets damage long numbers. Download again and do not open and save the file",
  "recon.then.cut": "Download the whole statement again, then import it",
  "recon.then.totals_differ":
    "Lines may be missing or changed. Download the original from the platform again",
  "recon.then.no_summary":
    "Without totals nobody sees whether lines are missing. Better download again; import anyway only if you are sure",
  "recon.then.no_summary_unionpay":
    "Files of this kind never have totals. Compare rows and amounts with UnionPay’s merchant site, and import if they agree",
  "recon.then.aborted": "Nothing on this device changed",
  "recon.then.file_unreadable":
    "It may have moved or is still in the cloud. Save it on this device, then choose it",
  "recon.then.worker_failed": "Try again; if it still fails, reopen the app",
  "recon.then.already_imported": "You can scan now, or import another file",
  "recon.then.import_gone": "Choose the file again",
  "recon.then.quota": "Export or delete some photos, then import",
  "recon.then.not_saved": "Try again; if it still fails, reopen the app",
  "recon.then.not_entitled": "A clerk, lead or owner imports; nothing was written",
  "recon.then.locked": "Unlock, then choose the file again",
  "recon.then.clock_unusable": "Set the clock of this device, then import",
  "recon.then.newer_schema": "Update the app, then import",
  "recon.then.not_writer": "Import in the other window, or close it and try again",
} satisfies Area<typeof zh>;
