import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { signApproval } from "../../src/ledger/approval.ts";
import {
  parseApprovalAnswer,
  parseApprovalRequest,
  writeApprovalAnswer,
  writeApprovalRequest,
} from "../../src/ledger/approval-request.ts";
import { makeJws } from "../../src/ledger/jws.ts";
import { parseClaims } from "../../src/ledger/kinds/index.ts";
import { qrPath } from "../../src/ui/components/qr-path.ts";
import { aHash, aRefundNo, cny, device } from "../support/a.ts";
import { aKey } from "../support/crypto.ts";

const part = fc.stringMatching(/^[\w-]{1,400}$/);
const jwt = fc.tuple(part, part, fc.stringMatching(/^[\w-]{86}$/)).map((parts) => parts.join("."));
const about = fc.constantFrom("refund", "recall", "conflict", "reopen");

/** The longest refund record that the schema allows: every core member at its widest. */
const longestRecord = async (): Promise<string> => {
  const { kid, sign } = await aKey();
  const h = "h".repeat(43);
  const payload = {
    _sd: [h],
    amt: 99_999_999,
    cur: "CNY",
    iat: 9_999_999_999,
    kind: "refund",
    mode: "referenced",
    no: "R7K2Q40000000000000000000000".slice(0, 28),
    of: 9_999_998,
    prev: h,
    rem: [99_999_999, 99_999_999],
    sale: "0123456789ABCDEF",
    seq: 9_999_999,
    try: 99,
    type: "exchange",
    v: 1,
  };
  expect(parseClaims("refund", { payload }).ok).toBe(true);
  return makeJws("refund+sd-jwt", payload, { kid, sign });
};

/** The version of a code of so many modules with its quiet zone. */
const versionOf = (text: string): number => ((qrPath(text)?.size ?? 0) - 8 - 17) / 4;

describe("the texts of an approval between two phones", () => {
  it("refundlog §9 read back as they were written, and in no other spelling", () => {
    fc.assert(
      fc.property(jwt, about, fc.nat(9_999_999), (token, on, decisions) => {
        const request = { jwt: token, about: on, decisions };
        const text = writeApprovalRequest(request);
        expect(parseApprovalRequest(text)).toEqual({ ok: true, value: request });
        for (const wrong of [
          `${text}~`,
          text.toLowerCase(),
          text.slice(1),
          `${text.slice(0, -1)}-1`,
        ])
          expect(parseApprovalRequest(wrong).ok).toBe(false);
        for (const answer of [{ token }, { token, reason: "no_proof" }])
          expect(parseApprovalAnswer(writeApprovalAnswer(answer))).toEqual({
            ok: true,
            value: answer,
          });
        expect(parseApprovalAnswer(`${token}~NO`).ok).toBe(false);
      }),
    );
  });

  it("refundlog §15 fit into a code that a phone shows: the usual request 19-M, the worst below 22, the answer 18-M", async () => {
    const longest = await longestRecord();
    expect(longest.length).toBeLessThanOrEqual(655);
    const worst = writeApprovalRequest({ jwt: longest, about: "conflict", decisions: 99 });
    expect(worst.length).toBeLessThanOrEqual(673);
    expect(versionOf(worst)).toBeLessThanOrEqual(18); // low correction: 20-M ends at 666
    const usual = writeApprovalRequest({
      jwt: longest.slice(0, 597),
      about: "refund",
      decisions: 0,
    });
    expect(versionOf(usual)).toBe(19);
    const attempt = {
      record: { device, seq: 9_999_999 },
      hash: aHash(1),
      refundNo: aRefundNo(),
      amount: cny(99_999_999),
      decisions: 99,
    };
    const intent = { about: "conflict", result: "approve", attempt } as const;
    const dev = { ...attempt.record, device: "d".repeat(43) as typeof device };
    const token = await signApproval(
      { ...intent, attempt: { ...attempt, record: dev } },
      9_999_999_999,
      await aKey(),
    );
    expect(versionOf(token)).toBeLessThanOrEqual(18);
    expect(
      versionOf(writeApprovalAnswer({ token, reason: "already_refunded" })),
    ).toBeLessThanOrEqual(19);
  });
});
