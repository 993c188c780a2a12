import { fail, ok, type Result } from "../result.ts";
import { alipayFundDetail } from "./alipay-fund-detail.ts";
import { alipayTradeDetail } from "./alipay-trade-detail.ts";
import { headerWords } from "./delimited-text.ts";
import type { HeaderReading, OpenedLayout, StatementLayout } from "./layout.ts";
import { openMapped } from "./mapped-statement.ts";
import { recogniseOtherFile, recognisePacked } from "./other-files.ts";
import { openRowSink, type StatementReaderOptions } from "./row-sink.ts";
import type { StatementFault, StatementSummary } from "./statement-row.ts";
import { isUnionpayLine, openUnionpayFile } from "./unionpay-file.ts";
import { openTextStream } from "./text-stream.ts";
import { wechatFundBill } from "./wechat-fund-bill.ts";
import { wechatTradeBill } from "./wechat-trade-bill.ts";

/** Every family of statements that can be imported. */
const layouts: readonly StatementLayout[] = [
  wechatTradeBill,
  wechatFundBill,
  alipayTradeDetail,
  alipayFundDetail,
];

/** Most of a file that may stand before the header, and the longest line. */
const mostPreamble = 60;
const longestLine = 65_536;

export type StatementReader = {
  /** A fault ends the reading; later pieces are ignored. */
  readonly push: (bytes: Uint8Array) => StatementFault | undefined;
  readonly finish: () => Result<StatementSummary, StatementFault>;
};

/** Reads a statement piece by piece, whatever its name says it is (payments-cn.md §4). */
export const openStatementReader = (options: StatementReaderOptions): StatementReader => {
  const text = openTextStream();
  const lines = openLineReader(options);
  let fault: StatementFault | undefined;
  let started = false;
  let open = "";
  const takeText = (piece: string): void => {
    const whole = open + piece;
    let start = 0;
    for (let end = whole.indexOf("\n"); end !== -1; end = whole.indexOf("\n", start)) {
      fault ??= lines.take(withoutReturn(whole.slice(start, end)));
      start = end + 1;
    }
    open = whole.slice(start);
    if (open.length > longestLine) fault ??= lines.unknown();
  };
  return {
    push: (bytes) => {
      if (fault !== undefined || bytes.length === 0) return fault;
      if (!started) fault = recognisePacked(bytes);
      started = true;
      takeText(text.push(bytes));
      return fault;
    },
    finish: () => {
      if (fault === undefined) takeText(text.finish());
      fault ??= open === "" ? undefined : lines.take(withoutReturn(open));
      if (fault !== undefined) return fail(fault);
      return lines.finish(
        options.encoding ?? text.encoding(),
        open !== "" && !isUnionpayLine(open),
      );
    },
  };
};

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

/** Lines under a header that show what its columns hold. */
const mostShown = 20;

/** Looks for the header, then hands every line to the layout that knows it. */
const openLineReader = (options: StatementReaderOptions) => {
  const preamble: string[] = [];
  let opened: OpenedLayout | undefined;
  let sink: ReturnType<typeof openRowSink> | undefined;
  let missing: readonly string[] | undefined;
  let number = 0;
  let most = mostPreamble;
  const begin = (layout: OpenedLayout): ReturnType<typeof openRowSink> => {
    most = preamble.length + mostShown;
    opened = layout;
    sink = openRowSink(layout, options);
    return sink;
  };
  const unknown = (): StatementFault =>
    missing === undefined
      ? { kind: "not_a_statement", lines: preamble }
      : { kind: "header_unknown", missing, lines: preamble };
  const takeHeader = (line: string): StatementFault | undefined => {
    if (isUnionpayLine(line)) return begin(openUnionpayFile(options.madeOn)).take(line, number);
    const known = openLayout(line, preamble);
    const layout =
      known?.kind === "opened" ? known.layout : openMapped(line, options.mappings ?? []);
    if (known?.kind === "missing") missing ??= known.columns;
    preamble.push(line);
    if (layout !== undefined) {
      begin(layout);
      return undefined;
    }
    if (preamble.length > mostPreamble) return unknown();
    return missing === undefined ? recogniseOtherFile(line) : undefined;
  };
  return {
    unknown,
    take: (line: string): StatementFault | undefined => {
      number++;
      if (sink === undefined) return takeHeader(line);
      if (opened?.mapping !== undefined && preamble.length < most) preamble.push(line);
      return line.trim() === "" ? undefined : sink.take(line, number);
    },
    finish: (
      encoding: StatementSummary["encoding"],
      lastLineOpen: boolean,
    ): Result<StatementSummary, StatementFault> => {
      if (sink === undefined) return fail(unknown());
      const { mapping } = opened ?? {};
      const mapped = mapping && { mapping, lines: preamble };
      const { summary, fault } = sink.finish(encoding, lastLineOpen, mapped);
      return fault === undefined ? ok(summary) : fail(fault);
    },
  };
};

const openLayout = (line: string, preamble: readonly string[]): HeaderReading | undefined => {
  const words = headerWords(line);
  for (const layout of layouts) {
    const opened = layout(words, preamble);
    if (opened !== undefined) return opened;
  }
  return undefined;
};
