import type { PrinterFault, PrinterWay } from "../domain/escpos.ts";
import { fail, ok, type Result } from "../domain/result.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A printer that was chosen and opened. */
export type PrinterPort = {
  /** The most bytes that one write takes. */
  readonly most: number;
  readonly write: (bytes: Bytes) => Promise<unknown>;
  /** The next byte the printer says; it may never say one. */
  readonly hear: (() => Promise<number | undefined>) | undefined;
  readonly close: () => unknown;
};

type Characteristic = EventTarget & {
  readonly properties: {
    readonly write: boolean;
    readonly writeWithoutResponse: boolean;
    readonly notify: boolean;
  };
  readonly value?: DataView;
  readonly writeValueWithResponse: (bytes: Bytes) => Promise<void>;
  readonly writeValueWithoutResponse: (bytes: Bytes) => Promise<void>;
  readonly startNotifications: () => Promise<unknown>;
};

type Gatt = {
  readonly connect: () => Promise<{
    readonly getPrimaryServices: () => Promise<
      readonly { readonly getCharacteristics: () => Promise<readonly Characteristic[]> }[]
    >;
  }>;
  readonly disconnect: () => void;
};

type Bluetooth = {
  readonly requestDevice: (wish: {
    readonly acceptAllDevices: true;
    readonly optionalServices: readonly (string | number)[];
  }) => Promise<{ readonly gatt?: Gatt }>;
};

type Endpoint = {
  readonly endpointNumber: number;
  readonly direction: "in" | "out";
  readonly type: string;
};

type UsbDevice = {
  readonly configuration: {
    readonly interfaces: readonly {
      readonly interfaceNumber: number;
      readonly alternate: {
        readonly interfaceClass: number;
        readonly endpoints: readonly Endpoint[];
      };
    }[];
  } | null;
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly selectConfiguration: (number: number) => Promise<void>;
  readonly claimInterface: (number: number) => Promise<void>;
  readonly transferOut: (endpoint: number, bytes: Bytes) => Promise<{ readonly status: string }>;
  readonly transferIn: (endpoint: number, size: number) => Promise<{ readonly data?: DataView }>;
};

type Usb = {
  readonly requestDevice: (wish: {
    readonly filters: readonly { readonly classCode: number }[];
  }) => Promise<UsbDevice>;
};

type SerialPort = {
  readonly open: (options: { readonly baudRate: number }) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Bytes> | null;
};

type Serial = { readonly requestPort: () => Promise<SerialPort> };

/** Where receipt printers take data over Bluetooth LE; a browser shows no others. */
const services = [
  0x18f0,
  0xff00,
  0xffe0,
  0xfee7,
  "e7810a71-73ae-499d-8c15-faa9aef0c3f2",
  "49535343-fe7d-4ae5-8fa9-9fafd205e455",
];

/** Who was asked and never answered is not asked beside that again. */
const oneAtATime = (read: () => Promise<number | undefined>): NonNullable<PrinterPort["hear"]> => {
  let asked: Promise<number | undefined> | undefined;
  return () => {
    asked ??= read().finally(() => {
      asked = undefined;
    });
    return asked;
  };
};

const noWay: Result<never, PrinterFault> = fail({ kind: "printer_not_one" });

const overBluetooth = async (bluetooth: Bluetooth): Promise<Result<PrinterPort, PrinterFault>> => {
  const wish = { acceptAllDevices: true, optionalServices: services } as const;
  const { gatt } = await bluetooth.requestDevice(wish);
  if (gatt === undefined) return noWay;
  const server = await gatt.connect();
  const found: Characteristic[] = [];
  for (const service of await server.getPrimaryServices())
    found.push(...(await service.getCharacteristics()));
  const out = found.find(({ properties }) => properties.write || properties.writeWithoutResponse);
  if (out === undefined) {
    gatt.disconnect();
    return noWay;
  }
  const said = found.find(({ properties }) => properties.notify);
  await said?.startNotifications();
  return ok({
    most: 100,
    write: (bytes) =>
      out.properties.write
        ? out.writeValueWithResponse(bytes)
        : out.writeValueWithoutResponse(bytes),
    hear: said && oneAtATime(() => notified(said)),
    close: () => gatt.disconnect(),
  });
};

const notified = (said: Characteristic): Promise<number | undefined> =>
  new Promise((resolve) => {
    const read = (): void => resolve(said.value?.getUint8(0));
    said.addEventListener("characteristicvaluechanged", read, { once: true });
  });

const printerClass = 7;

const overUsb = async (usb: Usb): Promise<Result<PrinterPort, PrinterFault>> => {
  const device = await usb.requestDevice({ filters: [{ classCode: printerClass }] });
  await device.open();
  if (device.configuration === null) await device.selectConfiguration(1);
  const face = device.configuration?.interfaces.find(
    ({ alternate }) => alternate.interfaceClass === printerClass,
  );
  const bulk = (direction: "in" | "out"): number | undefined =>
    face?.alternate.endpoints.find((one) => one.type === "bulk" && one.direction === direction)
      ?.endpointNumber;
  const [out, back] = [bulk("out"), bulk("in")];
  if (face === undefined || out === undefined) {
    await device.close();
    return noWay;
  }
  await device.claimInterface(face.interfaceNumber);
  return ok({
    most: 4096,
    write: async (bytes) => {
      const { status } = await device.transferOut(out, bytes);
      if (status !== "ok") throw new DOMException(status, "NetworkError");
    },
    hear:
      back === undefined
        ? undefined
        : oneAtATime(async () => (await device.transferIn(back, 64)).data?.getUint8(0)),
    close: () => device.close(),
  });
};

/** Most serial printers; over Bluetooth and USB the number means nothing. */
const baudRate = 9600;

/** A cable that was pulled out broke both streams; the port has to be closed all the same. */
const gone = (): undefined => undefined;

const overSerial = async (serial: Serial): Promise<Result<PrinterPort, PrinterFault>> => {
  const port = await serial.requestPort();
  await port.open({ baudRate });
  const writer = port.writable?.getWriter();
  if (writer === undefined) {
    await port.close();
    return noWay;
  }
  const reader = port.readable?.getReader();
  return ok({
    most: 1024,
    write: (bytes) => writer.write(bytes),
    hear: reader && oneAtATime(async () => (await reader.read()).value?.[0]),
    close: async () => {
      await reader?.cancel().catch(gone);
      reader?.releaseLock();
      await writer.close().catch(gone);
      writer.releaseLock();
      await port.close();
    },
  });
};

/** Asks for a printer in the browser's own list and opens it; only soon after a tap. */
export const openPrinter = (way: PrinterWay): Promise<Result<PrinterPort, PrinterFault>> => {
  const { bluetooth, usb, serial } = navigator as unknown as {
    readonly bluetooth: Bluetooth;
    readonly usb: Usb;
    readonly serial: Serial;
  };
  switch (way) {
    case "bluetooth":
      return overBluetooth(bluetooth);
    case "usb":
      return overUsb(usb);
    case "serial":
      return overSerial(serial);
  }
};
