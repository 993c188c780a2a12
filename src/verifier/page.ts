import { splitPins } from "../ledger/pins.ts";
import { piecesOf, type VerifyProgress } from "../workers/verify.ts";
import { showReport } from "./page-report.ts";
import { verifyBeside } from "./page-worker.ts";
import { readCertificates, readRoots, type TrustFault } from "./trust-text.ts";

const find = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has lost its ${id}`);
  return found;
};

const findParts = () => ({
  form: find("form", HTMLFormElement),
  file: find("file", HTMLInputElement),
  trust: find("trust", HTMLTextAreaElement),
  pins: find("pins", HTMLTextAreaElement),
  check: find("check", HTMLButtonElement),
  cancel: find("cancel", HTMLButtonElement),
  progress: find("progress", HTMLProgressElement),
  status: find("status", HTMLParagraphElement),
  report: find("report", HTMLElement),
});

type Page = ReturnType<typeof findParts>;

const faults: Readonly<Record<TrustFault["kind"], string>> = {
  trust_unreadable: "店铺密钥看不懂。 The shop key cannot be read.",
  trust_not_in_file:
    "这份文件不是由这把店铺密钥担保的。 Nothing in this file was issued by that shop key.",
};

const setBusy = ({ check, cancel, progress }: Page, isBusy: boolean): void => {
  check.disabled = isBusy;
  cancel.hidden = !isBusy;
  progress.hidden = !isBusy;
  progress.value = 0;
};

const say = ({ status }: Page, text: string): void => {
  status.textContent = text;
};

const verifyFile = async (page: Page, file: File, signal: AbortSignal): Promise<void> => {
  const roots = readRoots(page.trust.value, await readCertificates(piecesOf(file)));
  if (!roots.ok) {
    say(page, faults[roots.fault.kind]);
    page.trust.focus();
    return;
  }
  const request = { file, roots: roots.value, pins: splitPins(page.pins.value) };
  const onProgress = ({ bytes, of }: VerifyProgress): void => {
    page.progress.value = of === 0 ? 1 : bytes / of;
  };
  const answer = await verifyBeside(request, { signal, onProgress });
  if (signal.aborted || !answer.ok) return;
  say(page, "");
  showReport(page.report, answer.value, file.name);
};

let running = new AbortController();

const start = async (page: Page): Promise<void> => {
  const chosen = page.file.files?.[0];
  if (chosen === undefined) {
    say(page, "请先选择文件。 Choose a file first.");
    page.file.focus();
    return;
  }
  running.abort();
  const { signal } = (running = new AbortController());
  page.report.hidden = true;
  say(page, "正在核对… Verifying …");
  setBusy(page, true);
  try {
    await verifyFile(page, chosen, signal);
  } catch {
    if (!signal.aborted) say(page, "文件读不出来。 The file cannot be read.");
  }
  if (!signal.aborted) setBusy(page, false);
};

const stop = (page: Page): void => {
  running.abort();
  setBusy(page, false);
  say(page, "已停止。 Stopped.");
};

const takeDrops = (page: Page): void => {
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
    page.file.files = dropped;
    void start(page);
  });
};

/** Makes the page take files and stop. */
export const openPage = (): void => {
  const page = findParts();
  page.form.addEventListener("submit", (event) => {
    event.preventDefault();
    void start(page);
  });
  page.file.addEventListener("change", () => void start(page));
  page.cancel.addEventListener("click", () => stop(page));
  takeDrops(page);
};
