import { beforeEach, describe, expect, it, vi } from "vitest";

import { hashBytes } from "../../src/ledger/base64url.ts";
import { cancelUpload, sendNow } from "../../src/usecases/queue-upload.ts";
import { valueOf } from "../support/a.ts";
import { inTurn, patientMs, uploadScene } from "../support/upload-scene.ts";
import { say, type Answering } from "../support/upload-server.ts";
import { queueBatch, queuePackage, stateOf } from "../support/uploads.ts";

const { now } = uploadScene();

const hangUp: Answering = (_taken, _response, socket) => void socket.destroy();
const neverAnswer: Answering = () => undefined;

describe("a folder (WebDAV)", () => {
  beforeEach(() => now().open());

  it.each([201, 204])(
    "takes a package with %i: whole, by its key, with the account",
    async (status) => {
      now().server.answer = say(status);
      const id = await queuePackage(now().deps, "the package");
      await now().round();
      expect(now().server.taken).toHaveLength(1);
      const [taken] = now().server.taken;
      expect(taken?.method).toBe("PUT");
      expect(taken?.path).toMatch(/^\/dav\/refunds\/refund-desk_journal_.*\.refundlog$/);
      expect(taken?.body.toString()).toBe("the package");
      expect(taken?.headers).toMatchObject({
        "idempotency-key": id,
        "content-type": "application/vnd.refundlog",
        authorization: `Basic ${btoa("till:word")}`,
      });
      expect(taken?.headers["cookie"]).toBeUndefined();
      expect(taken?.headers["referer"]).toBeUndefined();
      expect(hashBytes(taken?.body ?? new Uint8Array())).toBe(id);
      expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent", status });
    },
  );

  it("X16 takes a batch under its number", async () => {
    const batchId = await queueBatch(now().deps);
    await now().round();
    expect(now().keys()).toEqual([batchId]);
    expect(now().server.taken[0]?.path).toContain(batchId);
  });

  it("409: the folder is not there yet; it is tried again once it may be", async () => {
    now().server.answer = inTurn(say(409), say(201));
    const id = await queuePackage(now().deps);
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({
      state: "waiting",
      problem: { kind: "no_folder", status: 409 },
    });
    await now().nextRound();
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });

  it("507: the storage is full; it waits for a person", async () => {
    now().server.answer = inTurn(say(507), say(204));
    const id = await queuePackage(now().deps);
    await now().round();
    await now().nextRound();
    expect(now().server.taken).toHaveLength(1);
    expect(await stateOf(now().deps, id)).toMatchObject({ problem: { kind: "storage_full" } });
    valueOf(await sendNow(now().deps, id));
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent", status: 204 });
  });

  it("401: a wrong password is not tried over and over", async () => {
    now().server.answer = say(401, { "WWW-Authenticate": "Basic" });
    const id = await queuePackage(now().deps);
    await now().round();
    await now().nextRound();
    expect(now().server.taken).toHaveLength(1);
    expect(await stateOf(now().deps, id)).toMatchObject({ problem: { kind: "not_allowed" } });
  });
});

describe("F55 a connection that ends", () => {
  beforeEach(() => now().open());

  it("before the server has the body: it goes again whole", async () => {
    const text = "x".repeat(3_000_000);
    now().server.cutAfter = 100_000;
    const id = await queuePackage(now().deps, text);
    await now().round();
    expect(now().server.taken).toHaveLength(0);
    expect(await stateOf(now().deps, id)).toMatchObject({
      state: "waiting",
      problem: { kind: "no_answer" },
    });
    now().server.cutAfter = undefined;
    await now().nextRound();
    expect(now().server.taken.map(({ body }) => body.length)).toEqual([3_000_000]);
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });

  it("after the server took the body, before it answered: the same key and the same bytes again", async () => {
    now().server.answer = inTurn(hangUp, say(201));
    const id = await queuePackage(now().deps);
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({ problem: { kind: "no_answer" } });
    await now().nextRound();
    expect(now().keys()).toEqual([id, id]);
    expect(now().digests()).toEqual([id, id]);
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });

  it("never, after the server took the body: the try ends by itself, and the same goes again", async () => {
    now().server.answer = inTurn(neverAnswer, say(200));
    const id = await queuePackage(now().deps);
    await now().round(3000);
    await vi.waitFor(() => expect(now().keys()).toEqual([id]));
    expect(await stateOf(now().deps, id)).toMatchObject({ problem: { kind: "timed_out" } });
    await now().nextRound();
    expect(now().keys()).toEqual([id, id]);
    expect(now().digests()).toEqual([id, id]);
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });

  it("in the middle of the answer's body, after its head: it is there", async () => {
    now().server.answer = (_taken, response, socket) => {
      response.writeHead(201, { "Content-Length": "1000" });
      response.write("half");
      setTimeout(() => socket.destroy(), 20);
    };
    const id = await queuePackage(now().deps);
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });

  it("because nobody is there at all", async () => {
    const id = await queuePackage(now().deps);
    await now().server.stop();
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({ problem: { kind: "no_answer" } });
  });

  it("because a person took the file out", async () => {
    now().server.answer = (taken) =>
      void cancelUpload(now().deps, String(taken.headers["idempotency-key"]));
    const id = await queuePackage(now().deps);
    const started = performance.now();
    await now().round();
    expect(performance.now() - started).toBeLessThan(patientMs);
    expect(await stateOf(now().deps, id)).toBeUndefined();
  });
});

describe("a server that asks to be left alone", () => {
  beforeEach(() => now().open());

  it.each([
    ["seconds", () => "7200"],
    ["a date", () => new Date(Date.now() + 7_200_000).toUTCString()],
  ])("429 with Retry-After in %s is not asked before", async (_, retryAfter) => {
    now().server.answer = inTurn(say(429, { "Retry-After": retryAfter() }), say(201));
    const id = await queuePackage(now().deps);
    await now().round();
    now().later(7_000_000);
    await now().round();
    expect(now().server.taken).toHaveLength(1);
    now().later(400_000);
    await now().round();
    expect(now().server.taken).toHaveLength(2);
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });

  it.each(["", "soon", "-5", "1e99", "99999999999999999999"])(
    "429 with Retry-After “%s” is asked after our own wait, a day at most",
    async (retryAfter) => {
      now().server.answer = inTurn(say(429, { "Retry-After": retryAfter }), say(201));
      const id = await queuePackage(now().deps);
      await now().round();
      now().later(86_500_000);
      await now().round();
      expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
    },
  );

  it.each([500, 502, 503, 504])("%i is tried again", async (status) => {
    now().server.answer = inTurn(say(status), say(201));
    const id = await queuePackage(now().deps);
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({ problem: { kind: "busy", status } });
    await now().nextRound();
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });
});
