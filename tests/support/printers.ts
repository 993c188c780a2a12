import type { Picture } from "../../src/domain/escpos.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A receipt printer that keeps what it is sent, and answers what its sensors say. */
export type FakePrinter = {
  readonly sent: Bytes[];
  /** Answer to `DLE EOT 4`; undefined says nothing at all. */
  paper: number | undefined;
  /** After so many writes the cable is out. */
  breaksAfter: number;
  chosen: number;
};

export const aPrinter = (): FakePrinter => ({
  sent: [],
  paper: undefined,
  breaksAfter: Infinity,
  chosen: 0,
});

const isQuestion = (bytes: Bytes): boolean => bytes.join() === "16,4,4";

const take = (printer: FakePrinter, bytes: Bytes, answer: (byte: number) => void): void => {
  if (printer.sent.length >= printer.breaksAfter) throw new DOMException("gone", "NetworkError");
  printer.sent.push(bytes.slice());
  if (isQuestion(bytes) && printer.paper !== undefined) answer(printer.paper);
};

const viewOf = (byte: number): DataView => new DataView(new Uint8Array([byte]).buffer);

/** Bluetooth LE with one service that takes bytes and one characteristic that tells. */
export const overBluetooth = (printer: FakePrinter, { takes = true } = {}) => {
  const said = Object.assign(new EventTarget(), {
    properties: { write: false, writeWithoutResponse: false, notify: true },
    value: undefined as DataView | undefined,
    startNotifications: async () => undefined,
  });
  const write = async (bytes: Bytes): Promise<void> =>
    take(printer, bytes, (byte) => {
      said.value = viewOf(byte);
      said.dispatchEvent(new Event("characteristicvaluechanged"));
    });
  const out = {
    properties: { write: false, writeWithoutResponse: takes, notify: false },
    writeValueWithoutResponse: write,
  };
  const server = {
    getPrimaryServices: async () => [{ getCharacteristics: async () => [out, said] }],
  };
  const requestDevice = async () => {
    printer.chosen++;
    return { gatt: { connect: async () => server, disconnect: () => undefined } };
  };
  return { bluetooth: { requestDevice } };
};

/** USB: the first interface is no printer, the second has a bulk endpoint each way. */
export const overUsb = (printer: FakePrinter) => {
  let heard: ((view: DataView) => void) | undefined;
  const endpoints = [
    { endpointNumber: 2, direction: "out", type: "bulk" },
    { endpointNumber: 1, direction: "in", type: "bulk" },
  ];
  const device = {
    configuration: {
      interfaces: [
        { interfaceNumber: 0, alternate: { interfaceClass: 3, endpoints: [] } },
        { interfaceNumber: 1, alternate: { interfaceClass: 7, endpoints } },
      ],
    },
    open: async () => undefined,
    close: async () => undefined,
    selectConfiguration: async () => undefined,
    claimInterface: async (number: number) => {
      if (number !== 1) throw new DOMException("not a printer", "NetworkError");
    },
    transferOut: async (endpoint: number, bytes: Bytes) => {
      if (endpoint !== 2) throw new DOMException("no such endpoint", "NotFoundError");
      take(printer, bytes, (byte) => heard?.(viewOf(byte)));
      return { status: "ok" };
    },
    transferIn: () =>
      new Promise<{ data: DataView }>((resolve) => {
        heard = (data) => resolve({ data });
      }),
  };
  const requestDevice = async () => {
    printer.chosen++;
    return device;
  };
  return { usb: { requestDevice } };
};

/** A serial port, as a printer behind a cable or classic Bluetooth shows itself. */
export const overSerial = (printer: FakePrinter) => {
  let tell: ReadableStreamDefaultController<Uint8Array> | undefined;
  const port = {
    open: async () => undefined,
    close: async () => undefined,
    readable: new ReadableStream<Uint8Array>({ start: (controller) => void (tell = controller) }),
    writable: new WritableStream<Bytes>({
      write: (bytes) => take(printer, bytes, (byte) => tell?.enqueue(new Uint8Array([byte]))),
    }),
  };
  const requestPort = async () => {
    printer.chosen++;
    return port;
  };
  return { serial: { requestPort } };
};

/** What the print head would burn of what was sent: black dots, row by row. Any other command is a fault. */
export const paperOf = (sent: readonly Bytes[]): Picture => {
  const bytes = Buffer.concat(sent.filter((part) => !isQuestion(part)));
  const rows: number[][] = [];
  let width = 0;
  let at = 0;
  const next = (count: number): Buffer => bytes.subarray(at, (at += count));
  while (at < bytes.length) {
    const command = next(2).toString("hex");
    if (command === "1b40") continue;
    if (command === "1b64") {
      next(1);
      continue;
    }
    if (command !== "1d76" || next(2).toString("hex") !== "3000")
      throw new Error(`the printer does not know ${command} at ${at}`);
    const [columns, height] = [next(2).readUInt16LE(), next(2).readUInt16LE()];
    width = columns * 8;
    for (let row = 0; row < height; row++)
      rows.push(
        Array.from(next(columns)).flatMap((byte) =>
          Array.from({ length: 8 }, (_, bit) => (byte & (0x80 >> bit) ? 0 : 255)),
        ),
      );
  }
  const data = new Uint8ClampedArray(width * rows.length * 4);
  rows.flat().forEach((grey, dot) => data.set([grey, grey, grey, 255], dot * 4));
  return { data, width, height: rows.length };
};
