import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { serve } from "../../src/workers/call.ts";
import { giveHelp } from "../../src/workers/verify-help.ts";
import { verifyFile } from "../../src/workers/verify.ts";
import { valueOf } from "../support/a.ts";

const text = readFileSync("tests/fixtures/ledgers/every-kind.refundlog", "utf8");

const reportOf = async (content: string, helper?: MessagePort) => {
  const request = { file: new Blob([content]), roots: new Map(), pins: [] };
  const context = { progress: () => undefined, signal: new AbortController().signal };
  return valueOf(
    await verifyFile(helper === undefined ? request : { ...request, helper }, context),
  );
};

/** A worker at the other end, and how many messages came to it. */
const aHelper = (): { port: MessagePort; asked: () => number; end: () => void } => {
  const { port1, port2 } = new MessageChannel();
  let asked = 0;
  port2.addEventListener("message", () => (asked += 1));
  const stop = new AbortController();
  void giveHelp(port2, stop.signal).catch(() => undefined);
  return { port: port1, asked: () => asked, end: () => stop.abort() };
};

const changed = {
  whole: text,
  "with a changed letter": text.replace("eyJ0IjoicmVm", "eyJ0IjoicmVn").replace(/(.{900})A/, "$1B"),
  "without its second line": text.split("\n").toSpliced(1, 1).join("\n"),
  "with its keys behind a record": text.replace(/^(\{"cert".*\n)([\s\S]*?\{"d".*\n)/m, "$2$1"),
  "cut off": text.slice(0, text.length / 2),
} as const;

describe("a second worker that opens records", () => {
  it.each(Object.entries(changed))(
    "comes to the very same report of a file %s",
    async (_, file) => {
      const helper = aHelper();
      expect(await reportOf(file, helper.port)).toEqual(await reportOf(file));
      expect(helper.asked()).toBeGreaterThan(0);
      helper.end();
    },
  );

  it("is done without where it fails", async () => {
    const { port1, port2 } = new MessageChannel();
    let failed = 0;
    serve(port2, () => {
      failed += 1;
      throw new Error("no memory");
    });
    port2.start();
    expect(await reportOf(text, port1)).toEqual(await reportOf(text));
    expect(failed).toBeGreaterThan(0);
    port2.close();
  });
});
