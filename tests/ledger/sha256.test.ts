import { createHash } from "node:crypto";
import { sha256 as noble } from "@noble/hashes/sha2.js";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { hashText, newLineHasher } from "../../src/ledger/base64url.ts";
import { newDigest, sha256 } from "../../src/ledger/sha256.ts";
import { isDeep } from "../support/deep.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const reference = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at * 7);

describe("SHA-256", () => {
  test("of many lines at once is that of each", () => {
    const lines = fc
      .string({ unit: "binary", maxLength: 100 })
      .map((text) => text.replace(/\n/g, ""));
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 20 }), (some) => {
        const each = some.map((line) => createHash("sha256").update(line).digest("base64url"));
        expect(newLineHasher()(some.join("\n"))).toBe(each.join("") || hashText(""));
        expect(some.map(hashText)).toEqual(each);
      }),
    );
  });

  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("answers the examples of FIPS 180-4: %.20s", (text, digest) => {
    expect(hex(sha256(new TextEncoder().encode(text)))).toBe(digest);
  });

  test("agrees with OpenSSL and @noble/hashes at every length around a block's end", () => {
    for (let length = 0; length <= 260; length++) {
      const bytes = counting(length);
      expect(hex(sha256(bytes))).toBe(reference(bytes));
      expect(hex(sha256(bytes))).toBe(hex(noble(bytes)));
    }
  });

  test("gives the same for any bytes in any pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }), (pieces) => {
        const digest = newDigest();
        for (const piece of pieces) digest.update(piece);
        expect(hex(digest.finish())).toBe(reference(Buffer.concat(pieces)));
      }),
    );
  });

  test("two digests in the making do not disturb each other", () => {
    const [one, other] = [newDigest(), newDigest()];
    one.update(counting(100));
    other.update(counting(70));
    sha256(counting(90));
    one.update(counting(100));
    expect(hex(other.finish())).toBe(reference(counting(70)));
    expect(hex(one.finish())).toBe(reference(new Uint8Array([...counting(100), ...counting(100)])));
  });

  test.runIf(isDeep)(
    "counts bits beyond 32: what is longer than half a gigabyte still has the right end",
    () => {
      const piece = counting(1 << 26);
      const digest = newDigest();
      const whole = createHash("sha256");
      for (let turn = 0; turn < 9; turn++) {
        digest.update(piece);
        whole.update(piece);
      }
      expect(hex(digest.finish())).toBe(whole.digest("hex"));
    },
    120_000,
  );
});
