import type { DBCore } from "dexie";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { FileType, PreparedFile, PreparedPhoto } from "../../src/domain/evidence.ts";
import type { Hash } from "../../src/domain/ids.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { newDraft } from "../../src/domain/refund/draft.ts";
import { hashBytes, toBytes } from "../../src/ledger/base64url.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { getCase } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import {
  findEvidence,
  forgetEvidence,
  forgetOldEvidence,
  keepEvidence,
} from "../../src/usecases/keep-evidence.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { aRow, found, importOf, newCaseId, quiet, verdictOf } from "../support/money-steps.ts";
import { aJpeg, aWav, joined } from "../support/pictures.ts";

const photo = (bytes = joined(aJpeg(1600, 1200), "one")): PreparedPhoto => ({
  kind: "photo",
  bytes,
  sha256: hashBytes(bytes),
  type: "image/jpeg",
  width: 1600,
  height: 1200,
  quality: { blurred: false, dark: false, bright: false, small: false },
  source: "image/jpeg",
});

const file = (bytes: PreparedFile["bytes"], type: FileType): PreparedFile => ({
  kind: "file",
  bytes,
  sha256: hashBytes(bytes),
  type,
});

const recording = file(aWav(), "audio/wav");
const chat = file(toBytes("顾客：能退吗？"), "text/plain");

const refundWith = async (deps: Deps, evidence: readonly EvidenceFile[]) => {
  const row = aRow(deps);
  valueOf(await importOf(deps, [row]));
  const caseId = newCaseId(deps);
  const draft = newDraft({ caseId, reason: "faulty", amount: { kind: "full" }, evidence });
  valueOf(await recordRefund(deps, await found(deps, row.transactionId), draft));
  return caseId;
};

const exportedBytes = async (deps: Deps): Promise<Uint8Array<ArrayBuffer>> =>
  valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet })).file.bytes;

const linesOf = (bytes: Uint8Array): readonly string[] =>
  Buffer.from(bytes).toString("utf8").split("\n");

/** A database that aborts, as a full disk does, whenever attachments are written. */
const withoutRoom = (core: DBCore): DBCore => ({
  ...core,
  table: (name) => {
    const table = core.table(name);
    if (name !== "attachments") return table;
    return {
      ...table,
      mutate: (request) => {
        const abort = Reflect.get(request.trans, "_abort") as (cause: string) => void;
        abort.call(request.trans, "QuotaExceededError");
        return new Promise(() => undefined);
      },
    };
  },
});

const fullFor = async (deps: Deps): Promise<Deps> => {
  deps.journal.db.close();
  const db = openDatabase("refund-desk");
  db.use({ stack: "dbcore", name: "full", create: withoutRoom });
  await db.open();
  return { ...deps, journal: { ...deps.journal, db } };
};

describe("evidence of a refund", () => {
  it("R20 R34 R38 photo, recording and chat are in the record by their hash and in the exported file", async () => {
    const { deps } = await aShop();
    const evidence = [
      valueOf(await keepEvidence(deps, photo(), "photo")),
      valueOf(await keepEvidence(deps, recording, "audio")),
      valueOf(await keepEvidence(deps, chat, "chat")),
    ];
    expect(evidence[0]).toEqual({
      kind: "photo",
      sha256: hashBytes(photo().bytes),
      size: photo().bytes.length,
      type: "image/jpeg",
    });
    const caseId = await refundWith(deps, evidence);
    expect((await getCase(deps.journal.db, caseId))?.evidence).toEqual(evidence);
    const bytes = await exportedBytes(deps);
    expect(linesOf(bytes).filter((line) => line.includes('"t":"att"'))).toHaveLength(3);
    expect(await verdictOf(deps, bytes)).toEqual([]);
  });

  it("R20 one changed byte of an attachment makes verification fail", async () => {
    const { deps } = await aShop();
    const kept = valueOf(await keepEvidence(deps, photo(), "photo"));
    await refundWith(deps, [kept]);
    const bytes = await exportedBytes(deps);
    const text = Buffer.from(bytes).toString("latin1");
    const line = text.indexOf('{"b64":"') + '{"b64":"'.length;
    const length = text.indexOf('"', line) - line;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 2), async (at) => {
        const changed = bytes.slice();
        changed[line + at] = text[line + at] === "A" ? 0x42 : 0x41;
        expect(await verdictOf(deps, changed)).toContain("E_ATT_DIGEST");
      }),
      { numRuns: 30 },
    );
  });

  it("R20 an attachment that was changed in the database is found in the exported file", async () => {
    const { deps } = await aShop();
    const kept = valueOf(await keepEvidence(deps, photo(), "photo"));
    await refundWith(deps, [kept]);
    const other = joined(aJpeg(1600, 1200), "two");
    await deps.journal.db.attachments.put({ sha256: kept.sha256, bytes: other.buffer });
    expect(await verdictOf(deps, await exportedBytes(deps))).toContain("E_ATT_DIGEST");
  });

  it("R20 the same bytes are kept once, whatever they are called", async () => {
    const { deps } = await aShop();
    const first = valueOf(await keepEvidence(deps, photo(), "photo"));
    const second = valueOf(await keepEvidence(deps, photo(), "voucher"));
    expect(second).toEqual({ ...first, kind: "voucher" });
    expect(await deps.journal.db.attachments.toCollection().primaryKeys()).toEqual([first.sha256]);
  });

  it("F9 a full disk costs the photo and not the refund", async () => {
    const { deps } = await aShop();
    const full = await fullFor(deps);
    const kept = await keepEvidence(full, photo(), "photo");
    expect(kept).toEqual({ ok: false, fault: { kind: "photo_not_kept" } });
    await refundWith(full, []);
    expect(await verdictOf(full, await exportedBytes(full))).toEqual([]);
  });

  it("a database of a newer build keeps nothing, and says so", async () => {
    const { deps } = await aShop();
    deps.journal.db.superseded = true;
    const kept = await keepEvidence(deps, photo(), "photo");
    expect(kept).toEqual({ ok: false, fault: { kind: "newer_schema" } });
  });
});

describe("looking at evidence", () => {
  it("R38 gives back the very bytes, also after the connection was lost", async () => {
    const { deps } = await aShop();
    const { sha256 } = valueOf(await keepEvidence(deps, photo(), "photo"));
    deps.journal.db.close();
    expect(valueOf(await findEvidence(deps, sha256))).toEqual(photo().bytes);
  });

  it("F22 a changed byte, a cut file and another file are damaged", async () => {
    const { deps } = await aShop();
    const { sha256 } = valueOf(await keepEvidence(deps, photo(), "photo"));
    const { bytes } = photo();
    const changed = bytes.slice();
    changed[9] = 0x58;
    for (const other of [changed, bytes.slice(0, -1), aWav(), new Uint8Array()]) {
      await deps.journal.db.attachments.put({ sha256, bytes: other.buffer });
      const shown = await findEvidence(deps, sha256);
      expect(shown).toEqual({ ok: false, fault: { kind: "attachment_damaged" } });
    }
  });

  it("F22 bytes that are not here are gone", async () => {
    const { deps } = await aShop();
    const shown = await findEvidence(deps, "x".repeat(43) as Hash);
    expect(shown).toEqual({ ok: false, fault: { kind: "attachment_gone" } });
  });
});

describe("a file that was taken out of a draft", () => {
  it("F83 is gone from this device, as long as no record names it", async () => {
    const { deps } = await aShop();
    const kept = valueOf(await keepEvidence(deps, photo(), "photo"));
    await forgetEvidence(deps, kept.sha256);
    expect(await findEvidence(deps, kept.sha256)).toMatchObject({
      fault: { kind: "attachment_gone" },
    });
  });

  it("R38 F22 stays when a record names it, whoever asks, and when it was kept twice", async () => {
    const { deps } = await aShop();
    const kept = valueOf(await keepEvidence(deps, photo(), "photo"));
    await refundWith(deps, [kept]);
    valueOf(await keepEvidence(deps, photo(), "photo"));
    await forgetEvidence(deps, kept.sha256);
    expect((await findEvidence(deps, kept.sha256)).ok).toBe(true);
  });

  it("is forgotten thirty days after its draft was given up, not before", async () => {
    const { deps } = await aShop();
    const kept = valueOf(await keepEvidence(deps, photo(), "photo"));
    const later = (days: number) => ({ ...deps, now: () => deps.now() + days * 86_400_000 });
    await forgetOldEvidence(later(29));
    expect((await findEvidence(deps, kept.sha256)).ok).toBe(true);
    await forgetOldEvidence(later(31));
    expect((await findEvidence(deps, kept.sha256)).ok).toBe(false);
  });
});
