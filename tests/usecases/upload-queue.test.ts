import { IDBObjectStore } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { UploadRequest } from "../../src/domain/upload-answer.ts";
import { findHandedOut } from "../../src/storage/handed-out.ts";
import { getBatch, recordsFrom } from "../../src/storage/queries.ts";
import { changeUpload, findUploadBytes } from "../../src/storage/upload-box.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import {
  cancelUpload,
  giveAddress,
  queueUpload,
  sendNow,
} from "../../src/usecases/queue-upload.ts";
import { recallLeftBatch } from "../../src/usecases/recall-left-batch.ts";
import {
  dropOutdated,
  hurryUploads,
  nextUploadAt,
  sendUploads,
  type SendUpload,
} from "../../src/usecases/send-uploads.ts";
import { readUploads } from "../../src/usecases/upload-setting.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { aFakeServer, answered, taken } from "../support/fake-upload-server.ts";
import { checkFile, quiet } from "../support/money-steps.ts";
import { as, join, pin } from "../support/people.ts";
import { aToldRefund, erase, opened, secrets } from "../support/told-refund.ts";
import { aPackage, queueBatch, queuePackage, stateOf, turnOn } from "../support/uploads.ts";

let shop: TestShop;
let deps: Deps;
const { asked, answers, send } = aFakeServer();

const round = (): Promise<void> => sendUploads(deps, send);
const later = (ms: number): void => void (shop.clock.ms += ms);
const hour = 3_600_000;
const textOf = ({ bytes }: UploadRequest): string => new TextDecoder().decode(bytes);
const keyOf = ({ headers }: UploadRequest) =>
  headers.find(([name]) => name === "Idempotency-Key")?.[1];

beforeEach(async () => {
  shop = await aShop();
  ({ deps } = shop);
});

describe("a file in the queue", () => {
  beforeEach(() => turnOn(deps));

  it("goes once, by its key, with its type", async () => {
    const id = await queuePackage(deps);
    await round();
    await round();
    expect(asked).toHaveLength(1);
    const [request] = asked;
    expect(request?.address).toMatch(
      /^https:\/\/dav\.example\.com\/refunds\/refund-desk_journal_20261122-140200_.{8}\.refundlog$/,
    );
    expect(request?.headers).toEqual([
      ["Idempotency-Key", id],
      ["Content-Type", "application/vnd.refundlog"],
    ]);
    expect(await stateOf(deps, id)).toMatchObject({ state: "sent", status: 201 });
    expect(await nextUploadAt(deps)).toBeUndefined();
  });

  it("X16 a batch has its number for a key, and no refund changes by it", async () => {
    const batchId = await queueBatch(deps);
    const records = async () => {
      let count = 0;
      for await (const chunk of recordsFrom(deps.journal.db, deps.device, 0, 1e6))
        count += chunk.length;
      return count;
    };
    const before = [await records(), await getBatch(deps.journal.db, batchId)];
    const handedOut = await findHandedOut(deps.journal.db);
    await round();
    expect(asked.map(keyOf)).toEqual([batchId]);
    expect([await records(), await getBatch(deps.journal.db, batchId)]).toEqual(before);
    expect((await getBatch(deps.journal.db, batchId))?.state).toBe("created");
    expect(await findHandedOut(deps.journal.db)).toEqual(handedOut);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("keeps its bytes whatever happens to the array it came in", async () => {
    const { buffer } = new TextEncoder().encode("not before not");
    const file = { ...aPackage(), bytes: new Uint8Array(buffer, 4, 6) };
    valueOf(await queueUpload(deps, file));
    file.bytes.fill(0);
    await round();
    expect(asked.map(textOf)).toEqual(["before"]);
  });

  it("F55 goes again with the same key and the same bytes until there is an answer", async () => {
    answers.push({ kind: "no_answer" }, { kind: "timed_out" }, answered(503));
    await queuePackage(deps, "one");
    for (let tries = 0; tries < 6; tries++) {
      await round();
      later(2 * hour);
    }
    expect(asked).toHaveLength(4);
    expect(new Set(asked.map((one) => `${keyOf(one)} ${textOf(one)}`)).size).toBe(1);
  });

  it("waits longer after every try, and as long as the server says", async () => {
    answers.push(answered(500), answered(429, 2 * hour));
    const id = await queuePackage(deps);
    await round();
    const first = await nextUploadAt(deps);
    expect((first ?? 0) - shop.clock.ms).toBeGreaterThan(20_000);
    await round();
    expect(asked).toHaveLength(1);
    later(37_000);
    await round();
    expect(await stateOf(deps, id)).toMatchObject({
      state: "waiting",
      tries: 2,
      problem: { kind: "busy", status: 429 },
    });
    later(hour);
    await hurryUploads(deps);
    await round();
    expect(asked).toHaveLength(2);
    later(hour);
    await round();
    expect(await stateOf(deps, id)).toMatchObject({ state: "sent" });
  });

  it("goes at once when the network is back", async () => {
    answers.push({ kind: "no_answer" });
    const id = await queuePackage(deps);
    await round();
    await hurryUploads(deps);
    expect(await nextUploadAt(deps)).toBe(0);
    await round();
    expect(await stateOf(deps, id)).toMatchObject({ state: "sent" });
  });

  it("that a closed page left in the middle goes again", async () => {
    const id = await queuePackage(deps);
    await changeUpload(deps.journal.db, id, (entry) => ({
      ...entry,
      state: { state: "sending", tries: 1 },
    }));
    expect(await nextUploadAt(deps)).toBe(0);
    await round();
    expect(await stateOf(deps, id)).toMatchObject({ state: "sent" });
  });

  it("stops for a person where waiting does not help, and goes when they say so", async () => {
    answers.push(answered(403));
    const id = await queuePackage(deps);
    await round();
    later(100 * hour);
    await round();
    expect(await stateOf(deps, id)).toEqual({
      state: "stopped",
      tries: 1,
      problem: { kind: "not_allowed", status: 403 },
    });
    valueOf(await sendNow(deps, id));
    await round();
    expect(asked).toHaveLength(2);
    expect(await stateOf(deps, id)).toMatchObject({ state: "sent" });
  });

  it("does not hold up the others", async () => {
    answers.push(answered(500));
    const first = await queuePackage(deps, "one");
    const second = await queuePackage(deps, "two");
    await round();
    expect(await stateOf(deps, first)).toMatchObject({ state: "waiting", tries: 1 });
    expect(await stateOf(deps, second)).toMatchObject({ state: "sent" });
    expect(asked.map(textOf)).toEqual(["one", "two"]);
  });

  it("F66 is sent now or taken out by whoever may export", async () => {
    const id = await queuePackage(deps);
    const clerk = await as(deps, (await join(deps, { role: "clerk" })).staff);
    const refused = { kind: "not_entitled", action: "export" };
    expect(faultOf(await sendNow(clerk, id))).toEqual(refused);
    expect(faultOf(await cancelUpload(clerk, id))).toEqual(refused);
    expect(faultOf(await giveAddress(clerk, id, "x"))).toEqual(refused);
    valueOf(await cancelUpload(deps, id));
    await round();
    expect(asked).toEqual([]);
    expect((await readUploads(deps)).entries).toEqual([]);
  });

  it("that is taken out while it is being sent is broken off, and stays out", async () => {
    const id = await queuePackage(deps);
    const hung: SendUpload = (_request, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(undefined));
        void cancelUpload(deps, id);
      });
    await sendUploads(deps, hung);
    expect((await readUploads(deps)).entries).toEqual([]);
  });

  it("stays out even when the server took it in the same moment", async () => {
    const id = await queuePackage(deps);
    await sendUploads(deps, async () => {
      valueOf(await cancelUpload(deps, id));
      return taken;
    });
    expect((await readUploads(deps)).entries).toEqual([]);
  });

  it("M9 is not sent any more once its batch was taken back", async () => {
    await join(deps, { role: "lead", name: "小李" });
    const lead = (await deps.journal.db.staff.toArray()).find(({ role }) => role === "lead");
    const batchId = await queueBatch(deps);
    if (lead === undefined) throw new Error("the lead joined");
    const entry = { approver: lead.staff, pin, proof: "没传过" };
    valueOf(await recallLeftBatch(deps, batchId, entry));
    await round();
    expect(asked).toEqual([]);
    expect(await stateOf(deps, batchId)).toMatchObject({ problem: { kind: "batch_recalled" } });
  });

  it("X41 made before a customer was erased is deleted and never sent; one made after goes", async () => {
    const told = await aToldRefund();
    ({ deps } = told);
    await turnOn(deps);
    const made = { scope: "all", ...quiet } as const;
    const before = valueOf(await prepareLedgerFile(deps, made)).file;
    valueOf(await queueUpload(deps, before));
    const [{ id } = { id: "" }] = (await readUploads(deps)).entries;
    valueOf(await erase(told));
    valueOf(await queueUpload(deps, valueOf(await prepareLedgerFile(deps, made)).file));
    await round();
    expect(await stateOf(deps, id)).toMatchObject({ problem: { kind: "outdated" } });
    expect(await findUploadBytes(deps.journal.db, id)).toBeUndefined();
    expect(asked).toHaveLength(1);
    const sent = opened(asked.map(textOf).join(""));
    expect(secrets.filter((one) => sent.includes(one))).toEqual([]);
    expect(
      secrets.filter((one) => opened(Buffer.from(before.bytes).toString()).includes(one)),
    ).not.toEqual([]);
    valueOf(await sendNow(deps, id));
    await round();
    expect(asked).toHaveLength(1);
  });

  it("X41 that is just being sent is broken off when a customer is erased", async () => {
    const told = await aToldRefund();
    ({ deps } = told);
    await turnOn(deps);
    const id = await queuePackage(deps);
    await sendUploads(deps, (_request, signal) => {
      const broken = new Promise<undefined>((resolve) => {
        signal.addEventListener("abort", () => resolve(undefined));
      });
      void erase(told).then(() => dropOutdated(deps));
      return broken;
    });
    expect(await stateOf(deps, id)).toMatchObject({ problem: { kind: "outdated" } });
  });

  it("is told of when it does not fit, though it was exported", async () => {
    const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const queued = await queueUpload(deps, aPackage());
    full.mockRestore();
    expect(faultOf(queued)).toEqual({ kind: "upload_not_queued" });
    expect((await readUploads(deps)).entries).toEqual([]);
  });

  it("is remembered for a while: of those that were sent the last twenty", async () => {
    for (let number = 0; number < 23; number++) {
      await queuePackage(deps, `package ${number}`);
      await round();
    }
    const { entries } = await readUploads(deps);
    expect(entries).toHaveLength(20);
    expect(asked).toHaveLength(23);
  });
});

describe("presigned addresses", () => {
  const own = "https://b.s3.example.com/a.refundlog?X-Amz-Signature=abc";
  beforeEach(() =>
    turnOn(deps, { way: "presigned", address: "https://b.s3.example.com", accepts: "ok" }),
  );

  it("are waited for, one for each file", async () => {
    answers.push(answered(200));
    const first = await queuePackage(deps, "one");
    const second = await queuePackage(deps, "two");
    await round();
    expect(asked).toEqual([]);
    expect(await stateOf(deps, first)).toMatchObject({ problem: { kind: "address_missing" } });
    valueOf(await giveAddress(deps, first, own));
    await round();
    expect(asked.map(({ address }) => address)).toEqual([own]);
    expect(await stateOf(deps, first)).toMatchObject({ state: "sent" });
    expect(await stateOf(deps, second)).toMatchObject({ state: "stopped" });
  });

  it("get neither a type nor a secret, which they would have to sign", async () => {
    const id = await queuePackage(deps);
    valueOf(await giveAddress(deps, id, own));
    await round();
    expect(asked[0]?.headers).toEqual([["Idempotency-Key", id]]);
  });

  it("of another host are refused, and an expired one may be replaced", async () => {
    answers.push(answered(403), answered(200));
    const id = await queuePackage(deps);
    const elsewhere = await giveAddress(deps, id, "https://evil.example/a?X=1");
    expect(faultOf(elsewhere)).toEqual({ kind: "upload_other_origin" });
    valueOf(await giveAddress(deps, id, own));
    await round();
    expect(await stateOf(deps, id)).toMatchObject({ problem: { kind: "not_allowed" } });
    valueOf(await giveAddress(deps, id, `${own}2`));
    await round();
    expect(asked.map(({ address }) => address)).toEqual([own, `${own}2`]);
    expect(await stateOf(deps, id)).toMatchObject({ state: "sent" });
  });
});
