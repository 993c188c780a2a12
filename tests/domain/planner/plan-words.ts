import { CNY } from "../../../src/domain/currency.ts";
import type { DueDate } from "../../../src/domain/due-dates.ts";
import type { CaseId, PaymentId } from "../../../src/domain/ids.ts";
import { instantAt, wallClock, type Instant } from "../../../src/domain/instant.ts";
import { parseAmount, sum, writeAmount, type Money } from "../../../src/domain/money.ts";
import type { MoneyReason } from "../../../src/domain/planner/available.ts";
import type {
  FloatPlan,
  PlanFacts,
  PlannedRefund,
} from "../../../src/domain/planner/float-plan.ts";
import type { QueuedRefund } from "../../../src/domain/planner/queue.ts";
import { at, shanghai, valueOf } from "../../support/a.ts";
import type { Line } from "./plan-table.ts";

/** The moment of the table. */
export const now = at("2026-11-22T06:00:00Z");

/** `14:00` of today, `11-20 09:00` of the year, in Shanghai. */
const timeOf = (text: string): Instant => {
  const [, month = "11", day = "22", hour, minute] =
    /^@?(?:(\d\d)-(\d\d) )?(\d\d):(\d\d)$/.exec(text) ?? [];
  const clock = { year: 2026, month: Number(month), day: Number(day), second: 0 };
  return instantAt({ ...clock, hour: Number(hour), minute: Number(minute) }, shanghai.zone);
};

const yuan = (text: string): Money => valueOf(parseAmount(text, CNY));

const partsOf = (text: string): readonly string[] =>
  text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");

const optionsOf = (mode: string): ReadonlyMap<string, string> =>
  new Map(mode.split(" ").map((part) => part.split("=") as [string, string]));

const minutesOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const profileOf = (mode: string): PlanFacts["profile"] => {
  const [settlement, balanceSource] = mode.split(" ");
  const options = optionsOf(mode);
  const hours = options.get("hours")?.split("-").map(minutesOf) as [number, number] | undefined;
  const apart = options.get("apart");
  const [refunds, most] = [options.get("day"), options.get("most")];
  return {
    id: "wechatpay",
    settlement,
    balanceSource,
    d0Refund: options.get("d0") ?? "unknown",
    ...(hours === undefined ? {} : { refundHours: hours }),
    ...(apart === undefined ? {} : { minIntervalSeconds: Number(apart) }),
    ...(refunds === undefined ? {} : { dailyRefunds: Number(refunds) }),
    ...(most === undefined ? {} : { dailyAmount: Number(most) }),
  } as PlanFacts["profile"];
};

const kinds = {
  law: "legal_handling",
  shop: "shop_window",
  window: "channel_window",
  void: "void_cutoff",
} as const;

/** `a 50 void of P law @11-23 23:59 since 12:00` */
const refundOf = (text: string): QueuedRefund => {
  const [, name = "", amount = ""] = /^(\w+) ([\d.]+)/.exec(text) ?? [];
  const due = /(law|shop|window|void) @((?:\d\d-\d\d )?\d\d:\d\d)/.exec(text);
  const kind = kinds[(due?.[1] ?? "law") as keyof typeof kinds];
  const payment = / of (\w+)/.exec(text)?.[1];
  return {
    caseId: name as CaseId,
    refundNo: name,
    amount: yuan(amount),
    createdAt: timeOf(/since (\d\d:\d\d)/.exec(text)?.[1] ?? "12:00"),
    isVoid: / void\b/.test(text),
    ...(payment === undefined ? {} : { paymentId: payment as PaymentId }),
    ...(due === null ? {} : { due: { kind, until: timeOf(due[2] ?? "") } as DueDate }),
  };
};

/** The facts that a line writes. */
export const factsOf = ([mode, known, queue]: Line[1]): PlanFacts => {
  const parts = partsOf(known);
  const named = (name: string): readonly string[] =>
    parts.filter((part) => part.startsWith(name)).map((part) => part.slice(name.length + 1));
  const amounts = (name: string): readonly Money[] =>
    named(name).map((part) => yuan(part.split(" ")[0] ?? ""));
  const [balance] = named("balance");
  const left = amounts("left");
  const sent = named("sent").map((part) => part.split(" @"));
  return {
    profile: profileOf(mode),
    currency: CNY,
    calendar: shanghai,
    now,
    balance:
      balance === undefined
        ? undefined
        : {
            amount: yuan(balance.split(" ")[0] ?? ""),
            at: timeOf(balance.split("@")[1] ?? "13:30"),
          },
    recorded: sum(amounts("takings"), CNY),
    statements: amounts("statement"),
    underWay: named("way").map((part) => ({
      amount: yuan(part.split(" ")[0] ?? ""),
      isVoid: part.endsWith("void"),
    })),
    whole: !parts.includes("cut"),
    sent: new Map(sent.map(([name = "", time = ""]) => [name as PaymentId, timeOf(time)])),
    today: { count: left.length, minor: sum(left, CNY).minor },
    queue: partsOf(queue).map(refundOf),
  };
};

const short = (amount: Money): string => writeAmount(amount).replace(/\.00$/, "");

const two = (value: number): string => String(value).padStart(2, "0");

const clockText = (instant: Instant): string => {
  const { month, day, hour, minute } = wallClock(instant, shanghai.zone);
  const date = day === 22 ? "" : `${two(month)}-${two(day)} `;
  return `${date}${two(hour)}:${two(minute)}`;
};

const stepText = ({ refund, step, from, because }: PlannedRefund): string => {
  const reasons = because.map((one) =>
    "rest" in one ? `${one.kind} ${short(one.rest)}` : one.kind,
  );
  const time = from === undefined ? "" : ` ${clockText(from)}`;
  return `${refund.caseId} ${step}${time} (${reasons.join(" ")})`;
};

/** A plan as the table writes it. */
export const planText = (plan: FloatPlan): string => {
  const ends = [
    plan.topUp === undefined ? "" : `top=${short(plan.topUp)}`,
    plan.firstFailure === undefined ? "" : `first=${plan.firstFailure}`,
    plan.endsToday.length === 0 ? "" : `today=${plan.endsToday.join(",")}`,
    plan.tomorrow ? "tomorrow" : "",
  ].filter((text) => text !== "");
  const steps = plan.queue.map(stepText).join(", ");
  return ends.length === 0 ? steps : `${steps} · ${ends.join(" ")}`;
};

const reasonText = (reason: MoneyReason): string => {
  const amount = "amount" in reason ? ` ${short(reason.amount)}` : "";
  const count = "count" in reason ? ` ×${reason.count}` : "";
  return `${reason.kind}${amount}${count}`;
};

/** What is there and why, as the table writes it. */
export const moneyText = ({ available, because }: FloatPlan): string =>
  `${available === undefined ? "?" : short(available)} = ${because.map(reasonText).join(", ")}`;
