import { expect, test, vi } from "vitest";

import { connect, serve, type HandingContext, type WorkerEnd } from "../../src/workers/call.ts";

type Answering = (request: string, context: HandingContext<number>) => string | Promise<string>;

type Started = WorkerEnd & { readonly crash: (message: string) => void; terminated: boolean };

/** A worker over a real message channel, with structured clone and all. */
const aWorker = (answer: Answering): Started => {
  const { port1, port2 } = new MessageChannel();
  const crashes: ((event: { message?: string }) => void)[] = [];
  serve<string, string, number>(
    {
      postMessage: (message, transfer) => port2.postMessage(message, transfer),
      addEventListener: (kind, heard) => port2.addEventListener(kind, heard),
    },
    answer,
  );
  port1.start();
  port2.start();
  const worker: Started = {
    postMessage: (message, transfer) => port1.postMessage(message, transfer),
    addEventListener: (kind, heard) => {
      if (kind === "error") crashes.push(heard);
      else port1.addEventListener(kind, heard);
    },
    terminate: () => {
      worker.terminated = true;
      port1.close();
    },
    crash: (message) => {
      for (const crash of crashes) crash({ message });
    },
    terminated: false,
  };
  return worker;
};

const aCaller = (answer: Answering, idleMs?: number) => {
  const started: Started[] = [];
  const start = (): WorkerEnd => {
    const worker = aWorker(answer);
    started.push(worker);
    return worker;
  };
  return { ...connect<string, string, number>(start, idleMs), started };
};

test("what is handed over is taken once the page is done with it, and not before", async () => {
  const order: string[] = [];
  const { call, stop } = aCaller(async (request, { handOver }) => {
    await handOver(1, []);
    order.push("gone on");
    return request;
  });
  const take = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push("taken");
  };
  expect(await call("a", { onProgress: take })).toEqual({ ok: true, value: "a" });
  expect(order).toEqual(["taken", "gone on"]);
  stop();
});

test("what the page gives for what was handed over comes back to the worker", async () => {
  const { call, stop } = aCaller(async (_request, { handOver }) => String(await handOver(1, [])));
  const asked = call("a", { onProgress: async (progress) => `page says ${progress}` });
  expect(await asked).toEqual({ ok: true, value: "page says 1" });
  stop();
});

test.each([
  ["fails", () => Promise.reject(new TypeError("closed"))],
  [
    "throws",
    () => {
      throw new TypeError("closed");
    },
  ],
])("a call whose page %s while it takes a part settles, and the worker ends", async (_, take) => {
  const seen: unknown[] = [];
  const { call, started, stop } = aCaller(async (request, { handOver, signal }) => {
    if (request === "next") return "fine";
    seen.push(await handOver(1, []), signal.aborted);
    return request;
  });
  expect(await call("a", { onProgress: take })).toEqual({
    ok: false,
    fault: { kind: "worker_failed", message: "TypeError: closed" },
  });
  await vi.waitFor(() => expect(seen).toEqual([undefined, true]));
  expect(await call("next")).toEqual({ ok: true, value: "fine" });
  expect(started).toHaveLength(1);
  stop();
});

test("an aborted call waits no longer for the page to take what it handed over", async () => {
  const seen: unknown[] = [];
  const { call, stop } = aCaller(async (request, { handOver, signal }) => {
    seen.push(await handOver(1, []), signal.aborted);
    return request;
  });
  const controller = new AbortController();
  const onProgress = (): Promise<string> => {
    controller.abort();
    return never();
  };
  const asked = call("a", { signal: controller.signal, onProgress });
  expect(await asked).toEqual({ ok: false, fault: { kind: "aborted" } });
  await vi.waitFor(() => expect(seen).toEqual([undefined, true]));
  stop();
});

const never = (): Promise<string> => new Promise(() => {});

test("each answer reaches the call that asked for it, in whatever order they come", async () => {
  const { call, stop } = aCaller(async (request) => {
    if (request === "slow") await new Promise((resolve) => setTimeout(resolve, 20));
    return request.toUpperCase();
  });
  const both = await Promise.all([call("slow"), call("quick")]);
  expect(both).toEqual([
    { ok: true, value: "SLOW" },
    { ok: true, value: "QUICK" },
  ]);
  stop();
});

test("progress is heard before the answer", async () => {
  const heard: number[] = [];
  const { call, stop } = aCaller((_request, { progress }) => {
    progress(1);
    progress(2);
    return "done";
  });
  expect(await call("go", { onProgress: (made) => void heard.push(made) })).toEqual({
    ok: true,
    value: "done",
  });
  expect(heard).toEqual([1, 2]);
  stop();
});

test("an aborted call settles at once and the worker hears of it", async () => {
  const seen: string[] = [];
  const { call, stop } = aCaller((request, { signal }) => {
    signal.addEventListener("abort", () => seen.push(`${request} aborted`));
    return never();
  });
  const controller = new AbortController();
  const asked = call("long", { signal: controller.signal });
  await vi.waitFor(() => controller.abort());
  expect(await asked).toEqual({ ok: false, fault: { kind: "aborted" } });
  await vi.waitFor(() => expect(seen).toEqual(["long aborted"]));
  stop();
});

test("a call aborted beforehand starts no worker", async () => {
  const { call, started } = aCaller(never);
  const result = await call("x", { signal: AbortSignal.abort() });
  expect(result).toEqual({ ok: false, fault: { kind: "aborted" } });
  expect(started).toHaveLength(0);
});

test("what the worker throws comes back as data", async () => {
  const { call, stop } = aCaller(() => {
    throw new RangeError("too far");
  });
  expect(await call("x")).toEqual({
    ok: false,
    fault: { kind: "worker_failed", message: "RangeError: too far" },
  });
  stop();
});

test("a crash fails every open call, and the next call starts a new worker", async () => {
  const { call, started, stop } = aCaller((request) => (request === "hang" ? never() : "fine"));
  const open = call("hang");
  started[0]?.crash("out of memory");
  expect(await open).toEqual({
    ok: false,
    fault: { kind: "worker_failed", message: "out of memory" },
  });
  expect(await call("again")).toEqual({ ok: true, value: "fine" });
  expect(started).toHaveLength(2);
  stop();
});

test("a worker that cannot start is a fault, not an exception", async () => {
  const { call } = connect<string, string>(() => {
    throw new TypeError("blocked by policy");
  });
  expect(await call("x")).toEqual({
    ok: false,
    fault: { kind: "worker_failed", message: "TypeError: blocked by policy" },
  });
});

test("a request that cannot be cloned is a fault", async () => {
  const { call, stop } = connect<() => void, string>(() => aWorker(() => "never asked"));
  const result = await call(() => {});
  expect(result).toMatchObject({ ok: false, fault: { kind: "worker_failed" } });
  stop();
});

test("a worker that was warmed answers the first call, and is stopped where none comes", async () => {
  const { call, warm, started, stop } = aCaller((request) => request, 20);
  warm();
  warm();
  expect(started).toHaveLength(1);
  expect(await call("a")).toEqual({ ok: true, value: "a" });
  expect(started).toHaveLength(1);
  await vi.waitFor(() => expect(started[0]?.terminated).toBe(true));
  warm();
  expect(started).toHaveLength(2);
  await vi.waitFor(() => expect(started[1]?.terminated).toBe(true));
  stop();
});

test("a worker is not stopped under an open call because somebody warms it", async () => {
  const { call, warm, started, stop } = aCaller(async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    return request;
  }, 20);
  const asked = call("long");
  warm();
  expect(await asked).toEqual({ ok: true, value: "long" });
  expect(started).toHaveLength(1);
  stop();
});

test("a worker that cannot start is told by the call, not while it is warmed", async () => {
  const { call, warm } = connect<string, string>(() => {
    throw new Error("no");
  });
  warm();
  expect(await call("a")).toMatchObject({ ok: false, fault: { kind: "worker_failed" } });
});

test("an idle worker is stopped, and not while a call is open", async () => {
  const { call, started, stop } = aCaller(async (request) => {
    await new Promise((resolve) => setTimeout(resolve, request === "long" ? 60 : 0));
    return request;
  }, 20);
  await call("short");
  await call("long");
  expect(started).toHaveLength(1);
  await vi.waitFor(() => expect(started[0]?.terminated).toBe(true));
  await call("short");
  expect(started).toHaveLength(2);
  stop();
});
