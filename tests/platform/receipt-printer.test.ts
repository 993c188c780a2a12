import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { readPaper, writeRaster, type Picture, type PrinterWay } from "../../src/domain/escpos.ts";
import { layOutSlip } from "../../src/ui/print/slip-layout.ts";
import type { SlipLine, SlipPaper } from "../../src/ui/print/slip-lines.ts";
import { readFrame, runsOf } from "../support/codes.ts";
import {
  aPrinter,
  overBluetooth,
  overSerial,
  overUsb,
  paperOf,
  type FakePrinter,
} from "../support/printers.ts";

const token = `RL1:${"7A9KQ3 B".repeat(75)}`;

const lines: readonly SlipLine[] = [
  { kind: "title", text: "退款登记凭条" },
  { kind: "rule" },
  { kind: "pair", label: "退款单号", value: "R7K2Q4000000001T", mono: true },
  { kind: "amount", label: "本次退款", text: "¥20.00" },
  { kind: "code", text: token, what: "", under: ["T1-000019", "¥20.00", "XEZV-YNJB"] },
  { kind: "centre", text: "本凭条不是到账证明" },
];

const letter = (text: string): number =>
  Array.from(text).reduce((sum, one) => sum + (one > "\u2e80" ? 24 : 12), 0);

/** The slip as the canvas would hold it: codes and rules dot by dot, a bar where a text stands. */
const paint = (paper: SlipPaper): Picture => {
  const { width, height, marks } = layOutSlip(lines, paper, letter);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const fill = (x: number, y: number, wide: number): void =>
    void data.fill(0, (y * width + x) * 4, (y * width + x + wide) * 4);
  for (const mark of marks) {
    if (mark.kind === "rule") fill(0, mark.y, width);
    if (mark.kind === "text") fill(mark.x, mark.y - 8, letter(mark.text));
    if (mark.kind !== "code") continue;
    for (const [x, y, length] of runsOf(mark.d))
      for (let row = 0; row < mark.dots; row++)
        fill(mark.x + x * mark.dots, mark.y + y * mark.dots + row, length * mark.dots);
  }
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { data, width, height };
};

const ways = [
  ["bluetooth", overBluetooth, 100],
  ["usb", overUsb, 4096],
  ["serial", overSerial, 1024],
] as const;

const broken = async (): Promise<never> => {
  throw new DOMException("lost", "NetworkError");
};

let printer: FakePrinter;

const plug = (browser: object): void => void vi.stubGlobal("navigator", browser);

/** The printer's code as it comes with the first print of an app's start. */
const fresh = async () => {
  vi.resetModules();
  return (await import("../../src/platform/receipt-printer.ts")).printReceipt;
};

const printOn = async (way: PrinterWay, paper: SlipPaper = "slip_58") =>
  (await fresh())(way, paint(paper), () => undefined);

beforeEach(() => {
  printer = aPrinter();
});

afterEach(() => vi.unstubAllGlobals());

describe("printing on a receipt printer", () => {
  for (const [way, plugged, most] of ways)
    it.each([
      ["slip_58", 384],
      ["slip_80", 576],
    ] as const)(
      `R50 over ${way} burns the very dots of the picture, %s as %i dots, and its code reads`,
      async (paper, dots) => {
        plug(plugged(printer));
        printer.paper = 0x12;
        const told: number[] = [];
        const printed = await (
          await fresh()
        )(way, paint(paper), (done, of) => told.push(done / of));
        expect(printed).toEqual({ ok: true, value: { paper: "there" } });
        const burnt = paperOf(printer.sent);
        expect(burnt.width).toBe(dots);
        expect(Buffer.from(burnt.data).equals(Buffer.from(paint(paper).data))).toBe(true);
        expect(readFrame(burnt)).toEqual([token]);
        expect(Math.max(...printer.sent.map(({ length }) => length))).toBeLessThanOrEqual(most);
        expect(told.at(-1)).toBe(1);
      },
    );

  it("asks for a printer once, and again only when it is gone", async () => {
    plug(overUsb(printer));
    printer.paper = 0x12;
    const print = await fresh();
    const again = () => print("usb", paint("slip_58"), () => undefined);
    expect((await again()).ok && (await again()).ok).toBe(true);
    expect(printer.chosen).toBe(1);
    printer.breaksAfter = printer.sent.length + 2;
    expect(await again()).toEqual({ ok: false, fault: { kind: "printer_lost" } });
    printer.breaksAfter = Infinity;
    expect((await again()).ok).toBe(true);
    expect(printer.chosen).toBe(2);
  });

  it("a serial printer whose cable was pulled out prints again once it is back, with no new start", async () => {
    let isOpen = false;
    let isOut = true;
    let writable = new WritableStream<Uint8Array>();
    let readable = new ReadableStream<Uint8Array>();
    const port = {
      open: async () => {
        if (isOpen) throw new DOMException("open already", "InvalidStateError");
        isOpen = true;
        readable = new ReadableStream();
        writable = new WritableStream({
          write: async () => {
            if (isOut) throw new DOMException("lost", "NetworkError");
          },
        });
      },
      close: async () => {
        if (readable.locked || writable.locked) throw new TypeError("locked");
        isOpen = false;
      },
      get readable() {
        return readable;
      },
      get writable() {
        return writable;
      },
    };
    plug({ serial: { requestPort: async () => port } });
    const print = await fresh();
    const again = () => print("serial", paint("slip_58"), () => undefined);
    expect(await again()).toEqual({ ok: false, fault: { kind: "printer_lost" } });
    isOut = false;
    expect((await again()).ok).toBe(true);
  });

  it("tells a serial printer that is gone once, where reading breaks with the write", async () => {
    const unheard = vi.fn();
    process.on("unhandledRejection", unheard);
    const port = {
      open: async () => undefined,
      close: async () => undefined,
      readable: new ReadableStream({ pull: broken }, { highWaterMark: 0 }),
      writable: new WritableStream({ write: broken }),
    };
    plug({ serial: { requestPort: async () => port } });
    expect(await printOn("serial")).toEqual({ ok: false, fault: { kind: "printer_lost" } });
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unheard);
    expect(unheard).not.toHaveBeenCalled();
  });

  it("closes a serial port that takes no bytes", async () => {
    const close = vi.fn(async () => undefined);
    const port = { open: async () => undefined, close, readable: null, writable: null };
    plug({ serial: { requestPort: async () => port } });
    expect(await printOn("serial")).toEqual({ ok: false, fault: { kind: "printer_not_one" } });
    expect(close).toHaveBeenCalledOnce();
  });

  it("says that there is no paper before anything is printed, and that it is nearly out after", async () => {
    plug(overSerial(printer));
    printer.paper = 0x72;
    expect(await printOn("serial")).toEqual({ ok: false, fault: { kind: "printer_no_paper" } });
    expect(printer.sent).toHaveLength(1);
    plug(overSerial(printer));
    printer.paper = 0x1e;
    expect(await printOn("serial")).toEqual({ ok: true, value: { paper: "near_end" } });
  });

  it("prints where the printer says nothing of its paper", async () => {
    plug(overBluetooth(printer));
    expect(await printOn("bluetooth")).toEqual({ ok: true, value: { paper: undefined } });
  });

  it.each([
    ["NotFoundError", "printer_not_chosen"],
    ["SecurityError", "printer_not_allowed"],
    ["NetworkError", "printer_lost"],
    ["OddError", "printer_busy"],
  ])("tells %s of the browser as %s", async (name, kind) => {
    const requestDevice = (): never => {
      throw new DOMException("no", name);
    };
    plug({ usb: { requestDevice: async () => requestDevice() } });
    expect(await printOn("usb")).toEqual({ ok: false, fault: { kind } });
  });

  it("says that a device is no printer, where it takes no bytes", async () => {
    plug(overBluetooth(printer, { takes: false }));
    expect(await printOn("bluetooth")).toEqual({ ok: false, fault: { kind: "printer_not_one" } });
  });
});

describe("the raster", () => {
  it("keeps every dot of any picture, white beyond its right rim", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 150 }));
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.boolean()), ([width, height], dots) => {
        const data = new Uint8ClampedArray(width * height * 4).fill(255);
        for (let dot = 0; dot < width * height; dot++)
          if (dots.next().value === true) data.fill(0, dot * 4, dot * 4 + 3);
        const burnt = paperOf(writeRaster({ data, width, height }));
        expect(burnt.height).toBe(height);
        const wrong = burnt.data.findIndex((grey, at) => {
          const [x, y] = [(at >> 2) % burnt.width, Math.floor((at >> 2) / burnt.width)];
          return at % 4 === 0 && grey !== (x < width ? data[(y * width + x) * 4] : 255);
        });
        expect(wrong).toBe(-1);
      }),
      { numRuns: 20 },
    );
  });

  it("reads the sensors' answer, and takes nothing else for one", () => {
    expect([0x12, 0x1e, 0x72, 0x00, 0xff, undefined].map(readPaper)).toEqual([
      "there",
      "near_end",
      "out",
      undefined,
      undefined,
      undefined,
    ]);
  });
});
