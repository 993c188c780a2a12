import { splitPins } from "../ledger/pins.ts";
import { verifyRefundlog } from "../ledger/verify.ts";
import { newVerify } from "./es256.ts";
import { showReport } from "./page-report.ts";
import { readCertificates, readRoots, type TrustFault } from "./trust-text.ts";

const find = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has lost its ${id}`);
  return found;
};

const form = find("form", HTMLFormElement);
const file = find("file", HTMLInputElement);
const trust = find("trust", HTMLTextAreaElement);
const pins = find("pins", HTMLTextAreaElement);
const check = find("check", HTMLButtonElement);
const cancel = find("cancel", HTMLButtonElement);
const progress = find("progress", HTMLProgressElement);
const status = find("status", HTMLParagraphElement);
const report = find("report", HTMLElement);

const faults: Readonly<Record<TrustFault["kind"], string>> = {
  trust_unreadable: "店铺密钥看不懂。 The shop key cannot be read.",
  trust_not_in_file:
    "这份文件不是由这把店铺密钥担保的。 Nothing in this file was issued by that shop key.",
};

/** Browsers before 2024 cannot walk a stream with `for await`. */
async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

let run = 0;

const setBusy = (isBusy: boolean): void => {
  check.disabled = isBusy;
  cancel.hidden = !isBusy;
  progress.hidden = !isBusy;
};

const say = (text: string): void => {
  status.textContent = text;
};

const verifyFile = async (chosen: File, id: number): Promise<void> => {
  const roots = readRoots(trust.value, await readCertificates(piecesOf(chosen)));
  if (!roots.ok) {
    say(faults[roots.fault.kind]);
    trust.focus();
    return;
  }
  const result = await verifyRefundlog({
    source: piecesOf(chosen),
    verify: newVerify(),
    roots: roots.value,
    pins: splitPins(pins.value),
    keepsRecords: false,
    isCancelled: () => id !== run,
    onProgress: ({ bytes }) => {
      progress.value = chosen.size === 0 ? 1 : bytes / chosen.size;
    },
  });
  if (!result.ok || id !== run) return;
  say("");
  showReport(report, result.value, chosen.name);
};

const start = async (): Promise<void> => {
  const chosen = file.files?.[0];
  if (chosen === undefined) {
    say("请先选择文件。 Choose a file first.");
    file.focus();
    return;
  }
  const id = ++run;
  report.hidden = true;
  say("正在核对… Verifying …");
  setBusy(true);
  try {
    await verifyFile(chosen, id);
  } catch {
    say("文件读不出来。 The file cannot be read.");
  }
  if (id === run) setBusy(false);
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void start();
});

file.addEventListener("change", () => {
  void start();
});

cancel.addEventListener("click", () => {
  run++;
  setBusy(false);
  say("已停止。 Stopped.");
});

const [body] = document.getElementsByTagName("main");

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  body?.classList.add("drop");
});

document.addEventListener("dragleave", () => body?.classList.remove("drop"));

document.addEventListener("drop", (event) => {
  event.preventDefault();
  body?.classList.remove("drop");
  const dropped = event.dataTransfer?.files;
  if (dropped === undefined || dropped.length === 0) return;
  file.files = dropped;
  void start();
});
