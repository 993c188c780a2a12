/** What a code means for the verdict: wrong, for people to look at, or honest but noteworthy. */
export type Severity = "error" | "finding" | "warning";

type Words = { readonly severity: Severity; readonly zh: string; readonly en: string };

const error = (zh: string, en: string): Words => ({ severity: "error", zh, en });
const finding = (zh: string, en: string): Words => ({ severity: "finding", zh, en });
const warning = (zh: string, en: string): Words => ({ severity: "warning", zh, en });

/** Every code of refundlog.md §17 in its order, with what it means to a merchant. */
export const findings = {
  E_FILE_TRUNCATED: error("文件不完整，末尾缺失。", "The file is incomplete: its end is missing."),
  E_FILE_LENGTH: error(
    "文件长度与签名清单不符。",
    "The file's length differs from its signed list.",
  ),
  E_FILE_DIGEST: error(
    "文件内容与签名清单不符。",
    "The file's content differs from its signed list.",
  ),
  E_UTF8: error("有不是文字的字节。", "Some bytes are not text."),
  E_LINE_ENDINGS: error("换行方式被改动。", "Line endings were changed."),
  E_CANON: error("书写格式被改动。", "The spelling of the data was changed."),
  E_LINE_TYPE: error(
    "有不认识、重复或顺序不对的行。",
    "A line is unknown, repeated or out of order.",
  ),
  E_LIMIT: error("超过允许的大小。", "A size limit is exceeded."),
  E_VERSION: error("版本不认识，请用新版核对。", "Unknown version: use a newer verifier."),
  E_B64: error("编码被改动。", "An encoding was changed."),
  E_JWS: error("签名数据的结构不对。", "Signed data has the wrong structure."),
  E_HEADER: error("签名的抬头不对。", "A signature has the wrong header."),
  E_TYP: error("签名的用途不对。", "A signature was made for another purpose."),
  E_ALG: error("签名算法不允许。", "The signature algorithm is not allowed."),
  E_SIG: error("签名不符，数据被改动。", "A signature does not match: data was changed."),
  E_KEY_UNKNOWN: error("签名的密钥不认识。", "The key of a signature is unknown."),
  E_KEY_FORMAT: error("密钥格式不对。", "A key is malformed."),
  E_KEY_MISMATCH: error("证书属于另一把密钥。", "A certificate belongs to another key."),
  E_ENROL: error("设备证书无效。", "A device certificate is invalid."),
  E_ENROL_ISSUER: error(
    "证书不是由您信任的店铺密钥签发。",
    "A certificate was not issued by a shop key that you trust.",
  ),
  E_KEY_EXPIRED: error("签名不在证书有效期内。", "Signed outside the certificate's validity."),
  E_KEY_ROLE: error("密钥没有这个用途的授权。", "A key is not authorised for this use."),
  E_KEY_REVOKED: error("密钥吊销后仍在签名。", "Signed after the key was revoked."),
  E_MANIFEST_SIG: error("签名清单无效。", "The signed list of contents is invalid."),
  E_MANIFEST_MISMATCH: error(
    "签名清单与文件不符。",
    "The signed list does not belong to this file.",
  ),
  E_COUNT: error("记录或附件的数量不对。", "The number of records or attachments is wrong."),
  E_HEAD: error("末条记录与签名清单不符。", "The last record differs from the signed list."),
  E_ROOT: error("全部记录的总校验不符。", "The checksum over all records is wrong."),
  E_GENESIS: error("首条记录与设备不符。", "The first record does not fit the device."),
  E_SEQ_GAP: error("缺少记录。", "Records are missing."),
  E_SEQ_REPEAT: error("记录重复或次序颠倒。", "A record is repeated or out of order."),
  E_PREV: error("前后记录不相接。", "Two records do not join."),
  E_CHAIN_START: error("与已有的记录接不上。", "The file does not join the records known before."),
  E_FORK: error("同一编号有两条不同的记录。", "Two different records have the same number."),
  E_PIN_BEYOND_HEAD: error(
    "见证之后的记录被删。",
    "A witness saw later records that are missing here.",
  ),
  E_PIN_FORK: error("记录与见证不符，曾被改写。", "Records differ from what a witness saw."),
  E_PIN_INVALID: error("见证本身无效。", "A witness statement is itself invalid."),
  E_CONSISTENCY: error("检查点不属于这些记录。", "A checkpoint does not belong to these records."),
  E_SD_UNREFERENCED: error("夹带了未签名的内容。", "Unsigned content was added."),
  E_SD_DUP: error("同一内容出现两次。", "The same content appears twice."),
  E_SD_FORMAT: error("明细内容格式不对。", "Record details are malformed."),
  E_SD_MISSING: error("缺少明细，且没有说明。", "Record details are missing without a reason."),
  E_SCHEMA: error("记录缺项、多项或填写不对。", "A record lacks, adds or misuses a field."),
  E_REF: error("记录引用了不存在或不符的记录。", "A record refers to a wrong or missing record."),
  E_SALE: error("付款编号与订单号不符。", "A payment's key does not match its order number."),
  E_NO: error("退款单号不对或重复。", "A refund number is wrong or repeated."),
  E_POLICY: error("退款政策与登记时不符。", "The refund policy differs from the recorded one."),
  E_OVERREFUND: error("退款超过可退余额。", "A refund exceeds what was left."),
  E_BALANCE: error("登记的余额不对。", "A recorded balance is wrong."),
  E_TOTAL: error("合计或笔数不对。", "A total or count is wrong."),
  E_STATE: error("步骤不允许。", "A step was not allowed at that point."),
  E_EVIDENCE: error("缺少应有的凭据。", "Required evidence is missing."),
  E_APPROVAL: error("审批无效或不属于这笔退款。", "An approval is invalid or for another refund."),
  E_APPROVAL_POLICY: error(
    "缺少审批，或审批人、限额、时效不合规定。",
    "An approval is missing, expired, above its limit or by the wrong person.",
  ),
  E_TRAINING: error("练习与真实记录混在一起。", "Training and real records are mixed."),
  E_ATT_DIGEST: error("附件被改动。", "An attachment was changed."),
  E_ATT_MISSING: error("缺少附件。", "An attachment is missing."),
  E_ATT_UNREFERENCED: error("有来历不明的附件。", "An attachment belongs to no record."),
  E_ERASE: error(
    "删除了不可删的内容，或已删的仍在。",
    "Something was erased that must stay, or is still here.",
  ),
  E_ACK: error(
    "后台回执无效或与记录矛盾。",
    "An acknowledgement is invalid or contradicts the records.",
  ),
  E_EXPORT_STALE: error("文件比已有的旧。", "The file is older than what is known already."),
  E_INTERNAL: error("核对程序出错，请报告。", "The verifier itself failed: please report it."),
  W_CLOCK_BACK: warning("设备时间曾倒退。", "The device's clock went back."),
  W_CLOCK_JUMP: warning("设备时间曾跳变。", "The device's clock jumped."),
  W_OUTSIDE_BRACKET: warning(
    "记录时间与后台回执不符。",
    "A record's time contradicts an acknowledgement.",
  ),
  W_WITHHELD: warning("部分内容未随文件提供。", "Some content was left out of this file."),
  W_ATT_WITHHELD: warning("附件未随文件提供。", "Attachments were left out of this file."),
  W_ERASED: warning("顾客信息已按要求删除。", "Customer data was erased on purpose."),
  W_GAP: warning("设备自己登记过一次中断。", "The device itself reported an interruption."),
  W_PARTIAL: warning(
    "只有部分记录，有些检查做不了。",
    "Only a part: some checks were not possible.",
  ),
  W_UNACKED_OVER_LIMIT: warning(
    "很久没有后台回执。",
    "No acknowledgement from the office for long.",
  ),
  F_SALE_OVERREFUND: finding("退款合计超过付款。", "Refunds add up to more than the payment."),
  F_DUP_REFUND_DEVICES: finding(
    "同一付款在两台设备上退款。",
    "One payment was refunded on two devices.",
  ),
  F_SELF_APPROVED: finding("自己审批自己的退款。", "Someone approved their own refund."),
  F_ROLE: finding("操作人没有这项权限。", "A person acted without that permission."),
  F_PAID_UNAPPROVED: finding("未经审批，钱已到账。", "Money arrived without an approval."),
  F_UNEXPECTED_RESULT: finding("尚未送出就有结果。", "A result came for a refund that never left."),
  F_PAYMENT_RAISED: finding("付款金额被改大。", "A payment's amount was raised."),
  F_CLERK_PATTERN: finding("某人的退款规律异常。", "One person's refunds look unusual."),
} as const satisfies Readonly<Record<string, Words>>;

export type FindingCode = keyof typeof findings;

/** One thing found; `line` counts from 1 in the file, `seq` is the record it is about. */
export type Finding = {
  readonly code: FindingCode;
  readonly line?: number;
  readonly seq?: number;
};

/** The worst of all findings. */
export type Verdict = "invalid" | "findings" | "warnings" | "ok";

/** Whether a code may stand in a report of this version. */
export const isFindingCode = (code: string): code is FindingCode => Object.hasOwn(findings, code);

export const severityOf = (code: FindingCode): Severity => findings[code].severity;

/** The verdict over a list of findings: E_ before F_ before W_. */
export const verdictOf = (list: readonly Finding[]): Verdict => {
  const found = new Set(list.map(({ code }) => severityOf(code)));
  if (found.has("error")) return "invalid";
  if (found.has("finding")) return "findings";
  return found.has("warning") ? "warnings" : "ok";
};
