import { CNY } from "./currency.ts";
import { addSeconds, wallClock, type Calendar, type Instant } from "./instant.ts";
import type { ReadRow } from "./statements/statement-row.ts";

/** Goods of the practice stall: name and price in fen. */
const goods: readonly (readonly [name: string, minor: number])[] = [
  ["奶茶 ×2", 3600],
  ["手机壳", 3990],
  ["耳环", 5800],
  ["贴纸", 900],
  ["奶茶 ×1", 1800],
  ["帆布包", 6900],
  ["冰粉", 1200],
  ["钥匙扣", 1550],
  ["棉麻衬衫", 12800],
  ["烤肠 ×3", 1501],
];

const rows = 40;

/** Somebody paid ¥900.00 for a ¥9.00 sticker and is gone. */
const overpaid = { row: 13, times: 100 };

const digits = (value: number, width: number): string => String(value).padStart(width, "0");

const dayOf = (at: Instant, { zone }: Calendar): string => {
  const { year, month, day } = wallClock(at, zone);
  return `${digits(year, 4)}${digits(month, 2)}${digits(day, 2)}`;
};

const rowAt = (index: number, at: Instant, calendar: Calendar): ReadRow => {
  const [name, minor] = goods[index % goods.length] ?? ["", 100];
  const wechat = index % 3 !== 1;
  const day = dayOf(at, calendar);
  const serial = digits((index * 7_919 + 1_234_567) % 10_000_000_000, 10);
  return {
    line: index + 2,
    kind: "payment",
    acquirer: wechat ? "wechatpay" : "alipay",
    channel: wechat ? "wechat" : "alipay",
    merchantNo: "1900000109",
    transactionId: wechat
      ? `4200009900${day}${serial}`
      : `${day}22001${digits(index * 104_729 + 77, 15)}`,
    outTradeNo: `L${day}${digits(index + 1, 5)}`,
    minor: index === overpaid.row ? minor * overpaid.times : minor,
    currency: CNY,
    at,
    status: "SUCCESS",
    name,
  };
};

/** The payments of one practice day, the newest a few minutes old; every number is invented and belongs to nobody. */
export const practiceRows = (now: Instant, calendar: Calendar): readonly ReadRow[] =>
  Array.from({ length: rows }, (_, index) =>
    rowAt(index, addSeconds(now, -300 - index * 780), calendar),
  );
