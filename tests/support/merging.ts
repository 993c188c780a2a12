import { CNY } from "../../src/domain/currency.ts";
import type { PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { ok, type Result } from "../../src/domain/result.ts";
import type { Deps, OutFile } from "../../src/usecases/deps.ts";
import {
  ledgerHandedOut,
  prepareLedgerFile,
  type LedgerScope,
} from "../../src/usecases/export-ledger.ts";
import {
  mergeDeviceFile,
  readDeviceFile,
  type Merged,
  type MergeFault,
} from "../../src/usecases/merge-device.ts";
import { recordPayment, type PaymentToRecord } from "../../src/usecases/record-payment.ts";
import type { VerifyFile } from "../../src/usecases/verify-file.ts";
import { verifyFile as verifyInWorker } from "../../src/workers/verify.ts";
import { valueOf } from "./a.ts";

/** What the worker does, without one. */
export const verifyHere: VerifyFile = async (file, trust, { signal, onProgress }) => {
  const answer = await verifyInWorker({ file, ...trust }, { signal, progress: onProgress });
  return answer.ok ? ok(answer.value) : answer;
};

export const aMergeJob = () => ({
  verifyFile: verifyHere,
  onProgress: () => undefined,
  signal: new AbortController().signal,
});

/** The journal file of a till as it hands it out. */
export const fileOf = async (deps: Deps, scope: LedgerScope = "all"): Promise<OutFile> => {
  const job = { scope, onProgress: () => undefined, signal: new AbortController().signal };
  const made = valueOf(await prepareLedgerFile(deps, job));
  await ledgerHandedOut(deps, made);
  return made.file;
};

export const blobOf = ({ bytes }: Pick<OutFile, "bytes">): Blob => new Blob([bytes]);

/** Verifies, compares and takes in at once. */
export const mergeDevice = async (deps: Deps, file: Blob): Promise<Result<Merged, MergeFault>> => {
  const read = await readDeviceFile(deps, file, aMergeJob());
  return read.ok ? mergeDeviceFile(deps, read.value) : read;
};

/** Takes the records of one till into another. */
export const mergeInto = async (
  deps: Deps,
  file: Pick<OutFile, "bytes">,
): Promise<Result<Merged, MergeFault>> => mergeDevice(deps, blobOf(file));

/** The same sale on whichever till: ¥100.00 by WeChat under this order number. */
export const sameSale = async (
  deps: Deps,
  order: string,
  over: Partial<PaymentToRecord> = {},
): Promise<PaymentId> =>
  valueOf(
    await recordPayment(deps, {
      amount: money(10_000, CNY),
      channel: "wechat",
      acquirer: "wechatpay",
      state: "paid",
      paidAt: instantFromMs(deps.now() - 60_000),
      proof: "slip",
      number: { name: "out_trade_no", text: order },
      ...over,
    }),
  );
