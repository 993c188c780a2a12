import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { correction, generate } from "lean-qr";
import { beforeAll, describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import type { StaffId } from "../../src/domain/ids.ts";
import { findZone, type Zone } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { encodeBase64url, toBytes } from "../../src/ledger/base64url.ts";
import { canonicalize, type JsonObject } from "../../src/ledger/canonical.ts";
import { enrolKey, type Post } from "../../src/ledger/enrol.ts";
import { makeEnrolRequest, readEnrolRequest } from "../../src/ledger/enrol-request.ts";
import { parseInvitation, writeInvitation } from "../../src/ledger/invitation.ts";
import { makeJws } from "../../src/ledger/jws.ts";
import { openKeyCard, parseKeyCard, writeKeyCard } from "../../src/ledger/key-card.ts";
import { joinRevocations, makeStatusList, readStatusList } from "../../src/ledger/status-list.ts";
import type { Revocation } from "../../src/ledger/tokens.ts";
import { readKey, type RingKey } from "../../src/ledger/trust-ring.ts";
import { makeValidator } from "../support/json-schema.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aKey, verify, type TestKey } from "../support/crypto.ts";

let root: TestKey;
let device: TestKey;
let stranger: TestKey;

const schemaFile = "public/docs/refundlog.schema.json";

/** Whether the published schema agrees. */
const fits = (name: string, value: unknown): boolean =>
  makeValidator(
    JSON.parse(readFileSync(schemaFile, "utf8")) as Parameters<typeof makeValidator>[0],
  )(name, value);

const now = 1_795_327_320;
const nonce = "n0nce-n0nce-n0nce-n0nc";

const versionOf = (text: string): number =>
  (generate(text, { minCorrectionLevel: correction.M }).size - 17) / 4;

const certificateOf = (post: Post, key: TestKey = device) =>
  enrolKey(root, { device: key.kid, label: "T7", now, post });

const posts: readonly Post[] = [
  { role: "device", prefix: "R7K2Q4" },
  { role: "approver" },
  { role: "approver", staff: "s3" as StaffId, limit: money(99_999_999, CNY) },
  { role: "office" },
];

const request = (key = device) => makeEnrolRequest(key, { label: "T7", nonce, iat: now });

const good = (): JsonObject => ({ iat: now, jwk: device.jwk, label: "T7", nonce, v: 1 });

const respelled = async (claims: JsonObject, kid: string = device.kid) =>
  makeJws("refund-csr+jwt", claims, { kid, sign: device.sign });

const cardOf = async (post: Post = { role: "device", prefix: "R7K2Q4" }) => ({
  certificate: await certificateOf(post),
  jwk: device.jwk,
  root: root.jwk,
});

const trust = () => ({ roots: new Map([[root.kid as string, root.jwk]]), verify });

const h = "A".repeat(43);
const entry = (kid: string, seq: number): Revocation =>
  ({ h, kid, seq, why: "lost" }) as Revocation;

const writeOdd = (value: unknown) => `RLI1:${encodeBase64url(toBytes(canonicalize(value)))}`;

beforeAll(async () => {
  [root, device, stranger] = [await aKey(), await aKey(), await aKey()];
});

describe("an enrolment request", () => {
  it("refundlog §8 is read back by whoever gave the nonce", async () => {
    expect(valueOf(await readEnrolRequest(await request(), verify))).toEqual({
      device: device.kid,
      jwk: device.jwk,
      label: "T7",
      nonce,
      iat: now,
    });
    expect(fits("token_csr", good())).toBe(true);
  });

  it("refundlog §17 is refused with a code for every way it can be wrong", async () => {
    const cases: readonly (readonly [string, Promise<string> | string])[] = [
      ["E_KEY_MISMATCH", respelled({ ...good(), jwk: stranger.jwk })],
      ["E_KEY_MISMATCH", respelled(good(), stranger.kid)],
      ["E_SIG", makeJws("refund-csr+jwt", good(), { kid: device.kid, sign: stranger.sign })],
      ["E_VERSION", respelled({ ...good(), v: 2 })],
      ["E_SCHEMA", respelled({ ...good(), more: 1 })],
      ["E_SCHEMA", respelled({ iat: now, jwk: device.jwk, label: "T7", v: 1 })],
      ["E_SCHEMA", respelled({ ...good(), label: "" })],
      ["E_SCHEMA", respelled({ ...good(), jwk: { ...device.jwk, d: "AAAA" } })],
      ["E_KEY_FORMAT", respelled({ ...good(), jwk: { ...device.jwk, y: device.jwk.x } })],
      ["E_TYP", makeJws("refund-enrol+jwt", good(), { kid: device.kid, sign: device.sign })],
      ["E_JWS", "abc"],
    ];
    for (const [code, token] of cases)
      expect(faultOf(await readEnrolRequest(await token, verify)).kind).toBe(code);
  });

  it("refundlog §3 is refused when any one character of it is another", async () => {
    const token = await request();
    for (let at = 0; at < token.length; at += 3) {
      const other = token[at] === "A" ? "B" : "A";
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect((await readEnrolRequest(changed, verify)).ok, `character ${at}`).toBe(false);
    }
  });
});

describe("a certificate", () => {
  it("refundlog §8 names role, label and limits of every kind of key", async () => {
    for (const post of posts) {
      const card = { certificate: await certificateOf(post), jwk: device.jwk, root: root.jwk };
      const { claims, kid } = valueOf(await openKeyCard(card, verify));
      const { limit } = { limit: undefined, ...post };
      expect(kid).toBe(device.kid);
      expect(claims).toEqual({
        exp: now + 3650 * 86_400,
        iat: now,
        label: "T7",
        role: post.role,
        sub: device.kid,
        v: 1,
        ...("prefix" in post ? { pre: post.prefix } : {}),
        ...("staff" in post ? { sid: post.staff } : {}),
        ...(limit === undefined ? {} : { cur: limit.currency, max: limit.minor }),
      });
      expect(fits("token_enrol", claims)).toBe(true);
    }
  });

  it("X45 refundlog §8 of another key, or by a root that nobody pinned, is found", async () => {
    const cert = await certificateOf({ role: "office" });
    const pinned = new Map([[root.kid as string, root.jwk]]);
    const other = await readKey({ cert, jwk: stranger.jwk }, pinned, verify);
    expect(other.faults).toEqual(["E_KEY_MISMATCH"]);
    const strange = new Map([[stranger.kid as string, stranger.jwk]]);
    const unpinned = await readKey({ cert, jwk: device.jwk }, strange, verify);
    expect(unpinned.faults).toEqual(["E_ENROL_ISSUER"]);
  });
});

describe("a key card", () => {
  it("refundlog §15 is written exactly and read back", async () => {
    const card = await cardOf();
    const text = writeKeyCard(card);
    const [first, ...points] = text.split("~");
    expect(first).toBe(`RLK1:${card.certificate}`);
    expect(points.map((point) => point.length)).toEqual([86, 86]);
    expect(valueOf(parseKeyCard(text))).toEqual(card);
  });

  it("refundlog §15 is refused in any other spelling", async () => {
    const text = writeKeyCard(await cardOf());
    const [certificate = "", key = "", shop = ""] = text.split("~");
    const odd = [
      text.toLowerCase(),
      text.slice(5),
      `${text}~`,
      `${text}\n`,
      [certificate, key].join("~"),
      [certificate, key, `${shop}=`].join("~"),
      [certificate, key.slice(0, 43), shop].join("~"),
      [certificate, "A".repeat(86), shop].join("~"),
      [`${certificate}x`, key, shop].join("~"),
    ];
    for (const one of odd) expect(parseKeyCard(one).ok, one).toBe(false);
  });

  it("X45 proves nothing when key, root or certificate are of somebody else", async () => {
    const card = await cardOf();
    const codeOf = async (changed: Partial<typeof card>) =>
      faultOf(await openKeyCard({ ...card, ...changed }, verify)).kind;
    expect(await codeOf({ jwk: stranger.jwk })).toBe("E_KEY_MISMATCH");
    expect(await codeOf({ root: stranger.jwk })).toBe("E_ENROL_ISSUER");
    expect(await codeOf({ certificate: `${card.certificate.slice(0, -4)}AAAA` })).toBe("E_ENROL");
  });
});

describe("an invitation", () => {
  const zone = findZone("Asia/Shanghai") as Zone;

  it("is read back whatever the shop is called", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
        fc.stringMatching(/^T[1-9]\d?$/),
        (name, label) => {
          const given = { nonce, label, shop: { name, currency: CNY, zone }, root: root.kid };
          expect(valueOf(parseInvitation(writeInvitation(given)))).toEqual(given);
        },
      ),
    );
  });

  it("is refused in any other form", () => {
    const claims = { cur: "CNY", label: "T2", name: "店", nonce, root: root.kid, tz: zone, v: 1 };
    expect(parseInvitation(writeOdd(claims)).ok).toBe(true);
    for (const odd of [
      writeOdd({ ...claims, v: 2 }),
      writeOdd({ ...claims, more: 1 }),
      writeOdd({ ...claims, tz: "Mars/Base" }),
      writeOdd({ ...claims, nonce: "a b" }),
      writeOdd([]),
      `RLI1:${encodeBase64url(toBytes(JSON.stringify(Object.fromEntries(Object.entries(claims).reverse()))))}`,
      "RLI1:",
      "RLI1:%",
      "hello",
    ])
      expect(parseInvitation(odd).ok, odd).toBe(false);
  });
});

describe("a status list", () => {
  it("X45 keeps the earliest cut of every key, in any order of lists", () => {
    const entries = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: -1 })));
    fc.assert(
      fc.property(entries, entries, (one, other) => {
        const [a, b] = [one, other].map((list) => list.map(([kid, seq]) => entry(kid, seq)));
        const joined = joinRevocations([...(a ?? []), ...(b ?? [])]);
        expect(joinRevocations([...(b ?? []), ...(a ?? [])])).toEqual(joined);
        expect(joinRevocations(joined)).toEqual(joined);
        for (const [kid, seq] of [...one, ...other])
          expect(joined.find((known) => (known.kid as string) === kid)?.seq).toBeLessThanOrEqual(
            seq,
          );
      }),
    );
  });

  it("refundlog §8 is believed from root or office, from nobody else", async () => {
    const list = [entry(device.kid, 41)];
    const signed = await makeStatusList(root, { iat: now, list });
    expect(valueOf(await readStatusList(signed, trust()))).toEqual({ iat: now, list, v: 1 });
    expect(fits("token_status", { iat: now, list, v: 1 })).toBe(true);
    const strange = await makeStatusList(stranger, { iat: now, list });
    expect(faultOf(await readStatusList(strange, trust())).kind).toBe("E_KEY_UNKNOWN");
    const certified = async (post: Post) => {
      const cert = await certificateOf(post);
      const { key } = await readKey({ cert, jwk: device.jwk }, trust().roots, verify);
      const ring = new Map<string, RingKey>(key === undefined ? [] : [[key.kid, key]]);
      const own = await makeStatusList(device, { iat: now, list: [] });
      return readStatusList(own, { ...trust(), ring });
    };
    expect((await certified({ role: "office" })).ok).toBe(true);
    expect(faultOf(await certified({ role: "approver" })).kind).toBe("E_KEY_ROLE");
  });
});

describe("codes of trust", () => {
  it("refundlog §15 stay within version 20 at medium correction", async () => {
    const limit = money(5000, CNY);
    const post = { role: "approver", staff: "s3" as StaffId, limit } as const;
    const certificate = await certificateOf(post);
    const card = writeKeyCard({ certificate, jwk: device.jwk, root: root.jwk });
    const list = [entry(device.kid, 42)];
    const status = await makeStatusList(root, { iat: now, list });
    const codes = [
      [await request(), 479, 17],
      [certificate, 422, 16],
      [card, 601, 19],
      [status, 424, 16],
    ] as const;
    for (const [text, length, version] of codes) {
      expect(text.length).toBe(length);
      expect(versionOf(text)).toBeLessThanOrEqual(version);
    }
  });
});
