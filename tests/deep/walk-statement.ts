const header =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";

const summary =
  "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

const zone = "Asia/Shanghai";

/** `2026-11-26 14:02:00` as the channel writes it. */
const wallClock = (at: Date): string =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);

const yuan = (minor: number): string => (minor / 100).toFixed(2);

const line = (cells: readonly string[]): string => cells.map((cell) => `\`${cell}`).join(",");

/** A small trade bill of WeChat with payments of the last hour, and their order numbers. */
export const aStatement = (
  paid: readonly number[],
  now: Date,
): { readonly text: string; readonly numbers: readonly string[] } => {
  const numbers = paid.map((_, at) => `BILL${String(at + 1).padStart(8, "0")}`);
  const rows = paid.map((minor, at) => {
    const time = wallClock(new Date(now.getTime() - (at + 2) * 60_000));
    const day = time.slice(0, 10).replaceAll("-", "");
    const transaction = `4200002643${day}${String(at + 1).padStart(10, "0")}`;
    return line([
      time,
      "wx5f0000000000demo",
      "1694392071",
      "0",
      "",
      transaction,
      numbers[at] ?? "",
      "oDemo",
      "MICROPAY",
      "SUCCESS",
      "CMB_DEBIT",
      "CNY",
      yuan(minor),
      "0.00",
      "0",
      "0",
      "0.00",
      "0.00",
      "",
      "",
      `商品${at + 1}`,
      "",
      "0.00000",
      "0.60%",
      yuan(minor),
      "0.00",
      "",
    ]);
  });
  const total = yuan(paid.reduce((sum, minor) => sum + minor, 0));
  const sums = line([String(paid.length), total, "0.00", "0.00", "0.00000", total, "0.00"]);
  return { text: [header, ...rows, summary, sums, ""].join("\r\n"), numbers };
};
