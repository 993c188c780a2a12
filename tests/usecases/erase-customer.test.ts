import Dexie from "dexie";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";

import { writeRef } from "../../src/domain/ids.ts";
import { findings, type FindingCode } from "../../src/ledger/findings.ts";
import { appendLeaf, emptyEdge, leafHash, rootOf } from "../../src/ledger/merkle.ts";
import type { SignedRecord } from "../../src/ledger/record.ts";
import { getRefusal, refusalsOfPayment } from "../../src/storage/queries.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { checkRecord } from "../../src/usecases/check-record.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import { findErasable, findErasableRefusal } from "../../src/usecases/customer-tellings.ts";
import { eraseCustomer, eraseRefusal } from "../../src/usecases/erase-customer.ts";
import { keepDraft } from "../../src/usecases/keep-draft.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { newCaseId } from "../support/money-steps.ts";
import { as, join } from "../support/people.ts";
import { asClerk, caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";
import {
  aPaper,
  aToldRefund,
  codesOf,
  erase,
  fileOf,
  leftIn,
  note,
  opened,
  payer,
  picture,
  recordsOf,
  said,
  secrets,
} from "../support/told-refund.ts";

const drafts = vi.hoisted(() => new Map<string, unknown>());

vi.mock("../../src/storage/drafts.ts", () => ({
  saveDraft: async (id: string, draft: unknown) => void drafts.set(id, draft),
  findDraft: async (id: string) => drafts.get(id),
  dropDraft: async (id: string) => void drafts.delete(id),
}));

const rootOfFirst = (records: readonly SignedRecord[], size: number): string =>
  rootOf(
    records.slice(0, size).reduce((edge, { jwt }) => appendLeaf(edge, leafHash(jwt)), emptyEdge),
  );

describe("erasing a customer (X41, refundlog §10)", () => {
  it("X41 takes note, identity, call, paper and payer out of every store and of every later file", async () => {
    const told = await aToldRefund();
    const { deps, caseId } = told;
    await keepDraft(deps, "refund", { address: { c: caseId }, note });
    expect(await leftIn(deps, drafts)).toEqual(secrets);
    expect(await findErasable(deps, caseId)).toEqual({ records: 3, files: 1, payer: true });
    expect(valueOf(await erase(told)).copies).toBe(2);
    expect(await leftIn(deps, drafts)).toEqual([]);
    expect(await findErasable(deps, caseId)).toEqual({ records: 0, files: 0, payer: false });
    const text = opened(Buffer.from(await fileOf(deps)).toString("utf8"));
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toContain(Buffer.from(picture).toString("base64url"));
    expect(text).toContain("别的顾客");
    expect(await codesOf(deps)).toEqual(["W_ERASED"]);
  });

  it("X41 keeps head, root, amount, number and signature; the books say when and why", async () => {
    const told = await aToldRefund();
    const { deps, caseId } = told;
    const before = await recordsOf(deps);
    const [attempt] = (await caseAt(deps, caseId)).attempts;
    valueOf(await erase(told));
    const after = await recordsOf(deps);
    expect(after.slice(0, before.length).map(({ hash }) => hash)).toEqual(
      before.map(({ hash }) => hash),
    );
    expect(rootOfFirst(after, before.length)).toBe(rootOfFirst(before, before.length));
    const refundCase = await caseAt(deps, caseId);
    expect(refundCase.attempts).toEqual([attempt]);
    expect(refundCase).toMatchObject({ erased: { why: "request" }, identity: "id_card" });
    expect(refundCase.note).toBeUndefined();
    expect(refundCase.evidence).toEqual([]);
    expect(refundCase.history.filter(({ text }) => text !== undefined)).toEqual([]);
    expect(refundCase.history.filter(({ erased }) => erased === true)).toHaveLength(3);
    if (attempt === undefined) throw new Error("no attempt");
    expect(await checkRecord(deps, attempt.record)).toEqual({ kind: "signature_good" });
  });

  it("X41 a rebuild, a start and a repair from the copy say the same as the erasure itself", async () => {
    const told = await aToldRefund();
    const { deps } = told;
    valueOf(await erase(told));
    const books = await readBooks(deps.journal.db);
    expect(await checkAtStart(deps.journal)).toMatchObject({ kind: "ready", copies: 2 });
    valueOf(await rebuild(deps.journal.db));
    expect(await readBooks(deps.journal.db)).toEqual(books);
    const [row] = await recordsOf(deps);
    const raw = new Dexie(deps.journal.db.name);
    await raw.open();
    await raw.table("records").delete([row?.device ?? "", 3]);
    raw.close();
    expect(await checkAtStart(deps.journal)).toMatchObject({ kind: "repaired", records: 1 });
    expect(await readBooks(deps.journal.db)).toEqual(books);
    expect(await leftIn(deps)).toEqual([]);
  });

  it("X41 who paid stays when that is wished, and goes later", async () => {
    const { deps, caseId } = await aToldRefund();
    valueOf(await eraseCustomer(deps, { caseId, payer: false, why: "retention" }));
    expect(await leftIn(deps)).toEqual([payer]);
    valueOf(await eraseCustomer(deps, { caseId, payer: true, why: "mistake" }));
    const { paymentId } = await caseAt(deps, caseId);
    expect(paymentId && (await paymentAt(deps, paymentId)).payer).toBeUndefined();
    expect(await leftIn(deps)).toEqual([]);
    expect(await codesOf(deps)).toEqual(["W_ERASED"]);
  });

  it("X41 a picture that another refund names as well stays, and so does its word", async () => {
    const told = await aToldRefund();
    const { deps, paper } = told;
    await refundNow(deps, { evidence: [paper] });
    valueOf(await erase(told));
    expect(await leftIn(deps)).toEqual([picture]);
    expect(await codesOf(deps)).toEqual(["W_ERASED"]);
  });

  it("X41 the words of the declined request that led to it go too", async () => {
    const { deps } = await aShop();
    const of = await payNow(deps);
    const payment = await paymentAt(deps, of);
    const draft = {
      caseId: newCaseId(deps),
      paymentId: of,
      reason: "past_window",
      offers: [],
      note,
    };
    valueOf(await declineRequest(deps, { payment, rows: [], others: [] }, draft));
    const [refusal] = await refusalsOfPayment(deps.journal.db, of);
    if (refusal === undefined) throw new Error("no refusal");
    const evidence = [await aPaper(deps)];
    const caseId = await refundNow(deps, { of, note: said, evidence, reopens: refusal.ref });
    valueOf(await eraseCustomer(deps, { caseId, payer: true, why: "request" }));
    const kept = await getRefusal(deps.journal.db, `${refusal.ref.device}:${refusal.ref.seq}`);
    expect(kept).toMatchObject({ erased: true, reopenedAs: caseId });
    expect(await leftIn(deps)).toEqual([]);
  });

  it("X41 the words of a declined request that led to nothing go as well, once", async () => {
    const { deps } = await aShop();
    const draft = { caseId: newCaseId(deps), reason: "not_ours", offers: [], note };
    const { records } = valueOf(await declineRequest(deps, undefined, draft));
    const [declined] = records;
    if (declined === undefined) throw new Error("no refusal");
    const ref = { device: declined.device, seq: declined.seq };
    expect(await findErasableRefusal(deps, ref)).toEqual({ records: 1, files: 0, payer: false });
    valueOf(await eraseRefusal(deps, ref, "mistake"));
    expect(await leftIn(deps)).toEqual([]);
    expect(await getRefusal(deps.journal.db, writeRef(ref))).toMatchObject({ erased: true });
    expect(faultOf(await eraseRefusal(deps, ref, "mistake"))).toEqual({ kind: "nothing_to_erase" });
    expect(await codesOf(deps)).toEqual(["W_ERASED"]);
  });

  it("refundlog §10 erased, withheld and missing are three words of their own", () => {
    const told = ["W_ERASED", "W_WITHHELD", "E_SD_MISSING"].map(
      (code) => findings[code as FindingCode],
    );
    const words = told.flatMap(({ zh, en }) => [zh, en]);
    expect(new Set(words).size).toBe(6);
    expect(words.map((one) => /删除|erased/.test(one))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("X41 is the owner's, or of whoever was granted it; nothing is erased twice", async () => {
    const told = await aToldRefund();
    const { deps, caseId } = told;
    const wish = { caseId, payer: true, why: "request" } as const;
    expect(faultOf(await eraseCustomer(asClerk(deps), wish))).toMatchObject({
      kind: "not_entitled",
      action: "erase",
    });
    const helper = await join(deps, { name: "小赵", role: "lead", grants: ["erase"] });
    valueOf(await eraseCustomer(await as(deps, helper.staff), wish));
    expect(faultOf(await erase(told))).toEqual({ kind: "nothing_to_erase" });
    const unknown = { ...wish, caseId: newCaseId(deps) };
    expect(faultOf(await eraseCustomer(deps, unknown))).toEqual({ kind: "case_unknown" });
    expect(await codesOf(deps)).toEqual(["W_ERASED"]);
  });

  it("X41 erase then verify: whatever was told, of whichever refunds", async () => {
    const text = fc.option(fc.constantFrom(note, said), { nil: undefined });
    const act = fc.record({ note: text, call: text, payer: fc.boolean(), erased: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 3 }), async (acts) => {
        const { deps } = await aShop();
        for (const one of acts) {
          const of = await payNow(deps, one.payer ? { payer } : {});
          const caseId = await refundNow(deps, { of, ...(one.note && { note: one.note }) });
          if (one.call !== undefined)
            valueOf(
              await logContact(deps, caseId, { with: "customer", via: "chat", text: one.call }),
            );
          if (one.erased) await eraseCustomer(deps, { caseId, payer: true, why: "request" });
        }
        const kept = acts.filter(({ erased }) => !erased);
        const told = new Set(
          kept.flatMap((one) => [one.note, one.call, one.payer ? payer : undefined]),
        );
        expect(await leftIn(deps)).toEqual(secrets.filter((secret) => told.has(secret)));
        const books = await readBooks(deps.journal.db);
        valueOf(await rebuild(deps.journal.db));
        expect(await readBooks(deps.journal.db)).toEqual(books);
        const codes = await codesOf(deps);
        expect(codes.filter((code) => code !== "W_ERASED")).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
