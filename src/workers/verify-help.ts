import type { DeviceId } from "../domain/ids.ts";
import type { Jwk } from "../ledger/record.ts";
import {
  openRecord,
  type DeviceKey,
  type OpenedRecord,
  type RecordText,
} from "../ledger/verify-record.ts";
import { connect, serve } from "./call.ts";
import { verify } from "./web-verify.ts";

/** Records of one file for another worker to open; undefined where one could not be. */
type Records = {
  readonly texts: readonly RecordText[];
  readonly device: DeviceId;
  readonly ring: ReadonlyMap<string, { readonly jwk: Jwk }>;
};

type Opened = readonly (OpenedRecord | undefined)[];

const openAll = ({ texts, ...key }: Records): Promise<Opened> =>
  Promise.all(texts.map((text) => openRecord(text, key, verify).catch(() => undefined)));

/** Asks a worker to help the one at the other end of a port. */
export type HelpRequest = { readonly helps: MessagePort };

/** Opens records for the worker at the other end, until the call is aborted. */
export const giveHelp = (port: MessagePort, signal: AbortSignal): Promise<never> => {
  serve<Records, Opened>(port, openAll);
  port.start();
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => {
      port.close();
      reject(new Error("no more help is wanted"));
    }),
  );
};

const perBatch = 64;
/** One is being opened there while the next lies ready. */
const mostBatches = 2;
const asLongAsNeeded = 2 ** 31 - 1;

type Batch = {
  readonly records: Records & { readonly texts: RecordText[] };
  readonly settle: ((opened: OpenedRecord | undefined | Promise<OpenedRecord>) => void)[];
};

const workerAt = (port: MessagePort) => () => {
  port.start();
  return {
    postMessage: (message: unknown, transfer: Transferable[]) =>
      port.postMessage(message, transfer),
    addEventListener: (kind: string, heard: (event: MessageEvent) => void) =>
      port.addEventListener(kind as "message", heard),
    terminate: () => port.close(),
  };
};

/** Shares the opening of records with the worker at the other end: as many go there as it keeps up with. */
export const shareWith = (port: MessagePort) => {
  const helper = connect<Records, Opened>(workerAt(port), asLongAsNeeded);
  let batch: Batch | undefined;
  let sent = 0;

  const send = async (): Promise<void> => {
    if (batch === undefined) return;
    const { records, settle } = batch;
    batch = undefined;
    sent += 1;
    const answer = await helper.call(records);
    sent -= 1;
    for (const [index, text] of records.texts.entries())
      settle[index]?.(answer.ok ? answer.value[index] : openRecord(text, records, verify));
  };

  const newBatch = ({ device, ring }: DeviceKey): Batch => {
    setTimeout(() => void send());
    return { records: { texts: [], device, ring: new Map(ring) }, settle: [] };
  };

  return (text: RecordText, key: DeviceKey): Promise<OpenedRecord | undefined> => {
    if (batch !== undefined && batch.records.ring.size !== key.ring.size) void send();
    if (batch === undefined && sent >= mostBatches) return openRecord(text, key, verify);
    const { records, settle } = (batch ??= newBatch(key));
    records.texts.push(text);
    const opened = new Promise<OpenedRecord | undefined>((resolve) => settle.push(resolve));
    if (settle.length === perBatch) void send();
    return opened;
  };
};
