import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { DeviceId, Hash } from "../../src/domain/ids.ts";
import { encodeBase64url, hashText } from "../../src/ledger/base64url.ts";
import { encodeBase45 } from "../../src/ledger/receipt-text.ts";
import {
  knownHead,
  parseKnownHeads,
  startOf,
  writeKnownHeads,
} from "../../src/ledger/known-heads.ts";

const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => encodeBase64url(bytes) as Hash);

const head = fc
  .record({ device: hash, seq: fc.nat(9_999_999), hash })
  .map(({ device, seq, hash: newest }) =>
    knownHead({ device: device as string as DeviceId, seq, hash: newest }),
  );

describe("X9 refundlog §16 what a phone has, as one code", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(hash, fc.array(head, { maxLength: 20 }), (root, heads) => {
        const known = { root: startOf(root), heads };
        expect(parseKnownHeads(writeKnownHeads(known))).toEqual({ ok: true, value: known });
      }),
    );
  });

  test("is written for ever as the specification says", () => {
    const device = hashText("till") as string as DeviceId;
    const start = startOf(hashText("record"));
    const known = { root: startOf(hashText("root")), heads: [{ device, seq: 19, start }] };
    const bytes = Buffer.concat([
      Buffer.from(hashText("root"), "base64url").subarray(0, 9),
      Buffer.from(device, "base64url"),
      Buffer.from([0, 0, 0, 19]),
      Buffer.from(hashText("record"), "base64url").subarray(0, 9),
    ]);
    expect(writeKnownHeads(known)).toBe(`RLH1:${encodeBase45(bytes)}`);
    expect(writeKnownHeads(known)).toBe(
      "RLH1:1590C9+K2B 2NWN5.99BW BL9B190C49OU:89CO7E1S-J*-4GAQX:PC4TM%R6K6000QK2-4QJ:3JX7SZM",
    );
  });

  test("of twenty tills fits a code of version 22, and more are left out", () => {
    const drawn = fc.sample(fc.tuple(hash, fc.array(head, { minLength: 25, maxLength: 30 })), 5);
    for (const [root, heads] of drawn) {
      const text = writeKnownHeads({ root: startOf(root), heads });
      expect(text.length).toBeLessThanOrEqual(1460);
      expect(parseKnownHeads(text)).toMatchObject({ value: { heads: heads.slice(0, 20) } });
    }
  });

  test("F81 anything else is told as unreadable", () => {
    const [root = "" as Hash] = fc.sample(hash, 1);
    const [one] = fc.sample(head, 1);
    const good = writeKnownHeads({ root: startOf(root), heads: one === undefined ? [] : [one] });
    const unreadable = { ok: false, fault: { kind: "heads_unreadable" } };
    for (const text of ["", "RLH1:", good.slice(5), good.slice(0, -3), `${good}000`, `rl${good}`])
      expect(parseKnownHeads(text)).toEqual(unreadable);
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        expect(parseKnownHeads(`RLH1:${text}`).ok).toBe(false);
      }),
    );
  });
});
