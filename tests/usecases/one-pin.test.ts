import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { makeJws, type TokenType } from "../../src/ledger/jws.ts";
import { rootOf } from "../../src/ledger/merkle.ts";
import type { SignedRecord } from "../../src/ledger/record.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { edgeAt } from "../../src/storage/edge-at.ts";
import { recordsFrom } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { spellPins } from "../../src/usecases/known-pins.ts";
import { valueOf } from "../support/a.ts";
import { quiet } from "../support/money-steps.ts";
import { refundNow } from "../support/refunds.ts";
import { twinOf, twoTills, type TwoTills } from "../support/two-tills.ts";

/** A till that came back from an older copy after its record `last`, and the file that it then writes. */
type RolledBack = { readonly last: number; readonly file: Uint8Array };

let tills: TwoTills;
let records: readonly SignedRecord[];
let rolledBack: readonly RolledBack[];
let whole: Uint8Array;

const exportOf = async (deps: Deps): Promise<Uint8Array> =>
  valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet })).file.bytes;

const all = async ({ journal, device }: Deps): Promise<readonly SignedRecord[]> => {
  const found: SignedRecord[] = [];
  for await (const chunk of recordsFrom(journal.db, device, 0, 9999)) found.push(...chunk);
  return found;
};

beforeAll(async () => {
  tills = await twoTills();
  const { one } = tills;
  const twins: Deps[] = [];
  for (let step = 0; step < 4; step++) {
    twins.push(await twinOf(one));
    await refundNow(one);
  }
  records = await all(one);
  rolledBack = await Promise.all(
    twins.map(async (twin) => {
      const last = (await twin.journal.db.heads.get(twin.device))?.seq ?? -1;
      return { last, file: await exportOf(twin) };
    }),
  );
  whole = await exportOf(one);
});

type Signer = { readonly kid: string; readonly sign: Deps["sign"] };

const sign = (typ: TokenType, claims: object, { kid, sign: by }: Signer): Promise<string> =>
  makeJws(typ, { ...claims, v: 1 }, { kid, sign: by });

const treeAt = async (seq: number): Promise<string> => {
  const edge = await edgeAt(tills.one.journal.db, tills.one.device, seq);
  if (edge === undefined) throw new Error("no tree");
  return rootOf(edge);
};

/** Everything outside a till that names one of its records (refundlog.md §6). */
const kinds: Readonly<Record<string, (record: SignedRecord) => Promise<string>>> = {
  mark: async ({ seq, hash, device }) => `${device} ${seq} ${hash}`,
  receipt: async ({ jwt }) => jwt,
  checkpoint: async ({ seq, hash, device }) => {
    const claims = { head: hash, iat: 1, nonce: "n", root: await treeAt(seq), seq };
    return sign("refund-cp+jwt", claims, { kid: device, sign: tills.one.sign });
  },
  witness: ({ seq, hash, device }) => {
    const claims = { head: hash, iat: 1, k: device, s: seq };
    return sign("refund-wit+jwt", claims, { kid: tills.other.device, sign: tills.other.sign });
  },
  acknowledgement: async ({ seq, hash, device }) => {
    const claims = { dev: device, head: hash, iat: 1, root: await treeAt(seq), seq };
    return sign("refund-ack+jwt", claims, tills.root);
  },
};

const codesOf = async (source: Uint8Array, pin: string): Promise<readonly string[]> => {
  const roots = new Map([[tills.root.kid, tills.root.jwk]]);
  const pins = await spellPins(tills.other, [pin]);
  const report = valueOf(await verifyRefundlog({ source, verify: tills.one.verify, roots, pins }));
  return report.findings.map(({ code }) => code).filter((code) => code.startsWith("E_"));
};

/** The file's own `export` record stands where the lost chain went on. */
const expected = (pinned: number, last: number): readonly string[] => {
  if (pinned <= last) return [];
  return pinned === last + 1 ? ["E_PIN_FORK"] : ["E_PIN_BEYOND_HEAD"];
};

describe("one pin", () => {
  it("F71 refundlog §6 of any kind finds every cut tail and every fork behind it, and nothing where nothing is wrong", async () => {
    const places = fc.record({
      kind: fc.constantFrom(...Object.keys(kinds)),
      pinned: fc.nat(records.length - 1),
      at: fc.nat(rolledBack.length - 1),
    });
    await fc.assert(
      fc.asyncProperty(places, async ({ kind, pinned, at }) => {
        const [record, back] = [records[pinned], rolledBack[at]];
        if (record === undefined || back === undefined) throw new Error("no such place");
        const pin = (await kinds[kind]?.(record)) ?? "";
        expect(await codesOf(back.file, pin), `${kind} ${pinned} after ${back.last}`).toEqual(
          expected(pinned, back.last),
        );
        expect(await codesOf(whole, pin)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("F72 refundlog §19 without any a cut tail verifies: that is why they are asked for", async () => {
    const [back] = rolledBack;
    expect(
      await codesOf(back?.file ?? new Uint8Array(), `${tills.other.device} 1 ${"A".repeat(43)}`),
    ).toEqual([]);
  });
});
