import { describe, expect, it } from "vitest";

import {
  evidenceKinds,
  hasRoom,
  likelyKind,
  parseIdentity,
  withFile,
  withoutFile,
  type FileType,
  type PictureType,
  type Prepared,
} from "../../src/domain/evidence.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { checklist } from "../../src/domain/policy/papers.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { aHash, aPayment, cny } from "../support/a.ts";

const bytes = new Uint8Array(1);
const quality = { blurred: false, dark: false, bright: false, small: false };

const aPhoto = (source: PictureType): Prepared => ({
  kind: "photo",
  bytes,
  sha256: aHash(0),
  type: "image/jpeg",
  width: 1600,
  height: 1200,
  quality,
  source,
});

const aFile = (number: number, kind: EvidenceFile["kind"] = "photo"): EvidenceFile => ({
  kind,
  sha256: aHash(number),
  size: 1,
  type: "image/jpeg",
});

describe("kinds of evidence", () => {
  it("R33 a picture of an identity paper is not offered", () => {
    expect(evidenceKinds).not.toContain("id");
  });

  it("X26 no file is taken for a proof of payment by itself", () => {
    const pictures: readonly PictureType[] = ["image/jpeg", "image/png", "image/gif", "image/webp"];
    const types: readonly FileType[] = [
      "text/plain",
      "message/rfc822",
      "application/pdf",
      "audio/mp4",
    ];
    const kinds = [
      ...pictures.map((source) => likelyKind(aPhoto(source))),
      ...types.map((type) => likelyKind({ kind: "file", bytes, sha256: aHash(0), type })),
    ];
    expect(kinds).toEqual([
      "photo",
      "screenshot",
      "photo",
      "photo",
      "chat",
      "email",
      "form",
      "audio",
    ]);
  });

  it("X26 R34 a screenshot does not stand for the voucher that is missing", () => {
    const about = {
      reason: "overpaid",
      amount: cny(3600),
      payment: aPayment({ grade: "E" }),
    } as const;
    const isThere = (evidence: readonly EvidenceFile["kind"][]) =>
      checklist({ ...about, evidence, policy: defaultPolicy }).map(({ there }) => there);
    expect(isThere(["screenshot", "chat", "photo", "other"])).toEqual([false]);
    expect(isThere(["slip"])).toEqual([true]);
  });
});

describe("the list of a record", () => {
  it("the same bytes stand in it once, under their newest kind and in their place", () => {
    const list = [aFile(1), aFile(2), aFile(3)];
    expect(withFile(list, aFile(4))).toEqual([...list, aFile(4)]);
    expect(withFile(list, aFile(2, "chat"))).toEqual([aFile(1), aFile(2, "chat"), aFile(3)]);
    expect(withoutFile(list, aHash(2))).toEqual([aFile(1), aFile(3)]);
  });

  it("rel-S11 photos stop before the last 10 MB are used", () => {
    const quota = 100 * 1024 * 1024;
    expect(hasRoom(250 * 1024, { used: quota - 11 * 1024 * 1024, quota })).toBe(true);
    expect(hasRoom(250 * 1024, { used: quota - 10 * 1024 * 1024, quota })).toBe(false);
    expect(hasRoom(250 * 1024, {})).toBe(true);
  });
});

describe("identity of a customer", () => {
  it.each([
    ["id_card", "123X", { paper: "id_card", last4: "123X" }],
    ["passport", " 4567 ", { paper: "passport", last4: "4567" }],
    ["driver", "１２３４", { paper: "driver", last4: "1234" }],
    ["spaceship", "abcd", { paper: "other", last4: "abcd" }],
  ])("R33 keeps that a %s was seen and four characters of it", (paper, typed, identity) => {
    expect(parseIdentity(paper, typed)).toEqual({ ok: true, value: identity });
  });

  it.each(["", "123", "12345", "31011519900101123X", "12 4", "身份证号", "12-4"])(
    "R33 refuses %j",
    (typed) => {
      expect(parseIdentity("id_card", typed)).toMatchObject({
        fault: { kind: "last4_characters" },
      });
    },
  );
});
