import { beforeEach, describe, expect, it } from "vitest";

import { giveAddress } from "../../src/usecases/queue-upload.ts";
import { valueOf } from "../support/a.ts";
import { inTurn, patientMs, uploadScene } from "../support/upload-scene.ts";
import { say, startUploadServer, type Answering } from "../support/upload-server.ts";
import { queuePackage, stateOf, turnOn } from "../support/uploads.ts";

const { now } = uploadScene();

/** Takes a PUT without a secret of its own, whose signature it knows, while it is good. */
const bucket =
  (good: string): Answering =>
  ({ method, path, headers }, response, socket) => {
    const isGood = path.endsWith(`X-Amz-Signature=${good}`);
    const status = method === "PUT" && isGood && headers["authorization"] === undefined ? 200 : 403;
    say(status, { "Content-Type": "application/xml" }, "<Error/>")(
      { method, path, headers, body: Buffer.alloc(0) },
      response,
      socket,
    );
  };

describe("a server that answers nonsense", () => {
  beforeEach(() => now().open());

  it("a login page with 200 is not taken for the server, and the file goes when the real one is back", async () => {
    now().server.answer = inTurn(
      say(200, { "Content-Type": "text/html" }, "<form>Wi-Fi</form>"),
      say(200),
    );
    const id = await queuePackage(now().deps);
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({
      state: "waiting",
      problem: { kind: "strange", status: 200 },
    });
    await now().nextRound();
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });

  it.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed", async (status) => {
    const other = await startUploadServer();
    now().server.answer = say(status, { Location: `${other.origin}/stolen` });
    const id = await queuePackage(now().deps);
    await now().round();
    expect(other.taken).toEqual([]);
    await other.stop();
    expect(await stateOf(now().deps, id)).toMatchObject({
      state: "waiting",
      problem: { kind: "no_answer" },
    });
  });

  it("an endless body is not read: the answer counts, and the connection ends", async () => {
    let written = 0;
    const ended = new Promise<void>((resolve) => {
      now().server.answer = (_taken, response, socket) => {
        response.writeHead(200);
        const pour = (): void => {
          while (!socket.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
          if (!socket.destroyed) response.once("drain", pour);
        };
        socket.once("close", () => resolve());
        pour();
      };
    });
    const id = await queuePackage(now().deps);
    await now().round();
    await ended;
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent", status: 200 });
    expect(written).toBeLessThan(50_000_000);
  });

  it("a body that never begins holds nothing up: the connection ends at once", async () => {
    const ended = new Promise<void>((resolve) => {
      now().server.answer = (_taken, response, socket) => {
        socket.once("close", () => resolve());
        response.writeHead(201, { "Content-Length": "1000000000" });
        response.flushHeaders();
      };
    });
    const id = await queuePackage(now().deps);
    const started = performance.now();
    await now().round();
    await ended;
    expect(performance.now() - started).toBeLessThan(patientMs);
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });

  it.each([
    ["no HTTP at all", "nonsense\r\n\r\n"],
    ["a status that is none", "HTTP/1.1 999999 What\r\n\r\n"],
    ["two lengths", "HTTP/1.1 201 Created\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    ["nothing", ""],
  ])("%s is no answer", async (_, text) => {
    now().server.answer = (_taken, _response, socket) => void socket.end(text);
    const id = await queuePackage(now().deps);
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({
      state: "waiting",
      problem: { kind: "no_answer" },
    });
  });
});

describe("presigned addresses (S3)", () => {
  const signature = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature=";
  beforeEach(() =>
    turnOn(now().deps, { way: "presigned", address: now().server.origin, accepts: "ok" }),
  );

  it("carry their proof in the query; an expired one stops until another is pasted", async () => {
    now().server.answer = bucket("second");
    const id = await queuePackage(now().deps);
    valueOf(
      await giveAddress(now().deps, id, `${now().server.origin}/b/a.refundlog?${signature}first`),
    );
    await now().round();
    await now().nextRound();
    expect(now().server.taken).toHaveLength(1);
    expect(await stateOf(now().deps, id)).toMatchObject({
      state: "stopped",
      problem: { kind: "not_allowed", status: 403 },
    });
    valueOf(
      await giveAddress(now().deps, id, `${now().server.origin}/b/a.refundlog?${signature}second`),
    );
    await now().round();
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent", status: 200 });
    expect(now().server.taken[1]?.path).toBe(`/b/a.refundlog?${signature}second`);
    expect(now().server.taken[1]?.headers["content-type"]).toBeUndefined();
    expect(now().digests()).toEqual([id, id]);
  });
});

describe("an API (POST)", () => {
  it("gets the file by its key, with a header of the shop's", async () => {
    await turnOn(now().deps, {
      address: `${now().server.origin}/in`,
      method: "POST",
      accepts: "ok",
      proof: "header",
      secretName: "X-Api-Key",
      secretValue: "k1",
    });
    now().server.answer = say(200, { "Content-Type": "application/json" }, "{}");
    const id = await queuePackage(now().deps);
    await now().round();
    expect(now().server.taken[0]).toMatchObject({
      method: "POST",
      path: "/in",
      headers: { "x-api-key": "k1", "idempotency-key": id },
    });
    expect(await stateOf(now().deps, id)).toMatchObject({ state: "sent" });
  });
});
