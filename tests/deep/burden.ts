import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "@playwright/test";

declare global {
  var longTasks: number[] | undefined;
}

/** Notes every task that kept a page's main thread busy for more than 50 ms; read with `longestTask`. */
export const noteLongTasks = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const tasks: number[] = [];
    globalThis.longTasks = tasks;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask" });
  });

/** Forgets them, so that only what follows counts. */
export const forgetTasks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    globalThis.longTasks?.splice(0);
  });

/** The long tasks since then in words. */
export const tasksSince = async (page: Page): Promise<string> => {
  const tasks = await page.evaluate(() => globalThis.longTasks ?? []);
  const longest = Math.round(Math.max(0, ...tasks));
  return tasks.length === 0 ? "no long task" : `${tasks.length} long tasks, longest ${longest} ms`;
};

const residentBytes = (pid: number, member = "VmRSS"): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return 1024 * Number(new RegExp(`${member}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0);
  } catch {
    return 0; // the process has ended
  }
};

const rendererIds = async (browser: Browser): Promise<readonly number[]> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
};

/** What a process has computed so far, all its threads together. */
const computedMs = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return 10 * (Number(stat[11]) + Number(stat[12])); // hundredths of a second
  } catch {
    return 0;
  }
};

export type Burden = { readonly wallMs: number; readonly cpuMs: number; readonly bytes: number };

/**
 * How long something took, what the page's process computed for it in all its threads, and by how much its resident
 * memory, workers included, grew at its peak.
 */
export const burdenOf = async (browser: Browser, act: () => Promise<unknown>): Promise<Burden> => {
  const pids = await rendererIds(browser);
  const before = pids.map((pid) => ({ bytes: residentBytes(pid), ms: computedMs(pid) }));
  const peak = before.map(({ bytes }) => bytes);
  const timer = setInterval(() => {
    for (const [index, pid] of pids.entries())
      peak[index] = Math.max(peak[index] ?? 0, residentBytes(pid));
  }, 50);
  const began = performance.now();
  await act();
  const wallMs = performance.now() - began;
  clearInterval(timer);
  const grown = before.map(({ bytes }, index) => (peak[index] ?? 0) - bytes);
  const computed = before.map(({ ms }, index) => computedMs(pids[index] ?? 0) - ms);
  return { wallMs, cpuMs: Math.max(...computed), bytes: Math.max(...grown) };
};

export const sayBurden = ({ wallMs, cpuMs, bytes }: Burden): string =>
  `${Math.round(wallMs)} ms (${Math.round(cpuMs)} ms of CPU), +${megabytes(bytes)}`;

/** The most resident memory that a process of ours has had so far. */
export const peakOf = (pid: number): number => residentBytes(pid, "VmHWM");

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
