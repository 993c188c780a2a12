import { expect, it } from "vitest";
import { verifyFile } from "../../src/workers/verify.ts";

it("hears that it shall stop while it reads a file of one piece", async () => {
  const file = new Blob(["x\n".repeat(20_000)]);
  const { port1, port2 } = new MessageChannel();
  const stop = new AbortController();
  port1.addEventListener("message", () => stop.abort());
  port1.start();
  let told = 0;
  const progress = (): void => {
    told += 1;
    if (told === 2) port2.postMessage("stop");
  };
  const request = { file, roots: new Map(), pins: [] };
  const answer = await verifyFile(request, { signal: stop.signal, progress });
  expect(answer).toEqual({ ok: false, fault: { kind: "cancelled" } });
  expect(told).toBeLessThan(10);
  port1.close();
});
