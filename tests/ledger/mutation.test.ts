import { describe, expect, test } from "vitest";
import { hashBytes, hashText, toBytes } from "../../src/ledger/base64url.ts";
import { isFindingCode } from "../../src/ledger/findings.ts";
import { order } from "../../src/ledger/jws.ts";
import type { Verify } from "../../src/ledger/record.ts";
import { verify } from "../support/crypto.ts";
import {
  aBareBench,
  add,
  addGenesis,
  judge,
  rootAt,
  start,
  token,
  writeFile,
  type Bench,
} from "./rules-bench.ts";
import { anAttachment } from "./rules-shop.ts";
import { isDeep, runs } from "../support/deep.ts";

/** Every byte with every change takes minutes; CI takes an even sample of it. */
const sample = 1000;

/** One answer per signature: a mutation changes one line, the others were checked before. */
const remembering = (): Verify => {
  const known = new Map<string, Promise<boolean>>();
  return (jwk, signature, bytes) => {
    const id = `${jwk.x} ${Buffer.from(signature).toString("hex")} ${hashText(Buffer.from(bytes).toString("latin1"))}`;
    const answer = known.get(id) ?? verify(jwk, signature, bytes);
    known.set(id, answer);
    return answer;
  };
};

/** A small export with every line type. */
const anExport = async (bench: Bench): Promise<Uint8Array> => {
  await addGenesis(bench);
  const attachment = anAttachment(toBytes("a picture"));
  await add(
    bench,
    { kind: "contact", with: "customer" },
    { via: "phone", ev: [attachment.ev] },
    { staff: "sys", cust: { text: "要求退款" } },
  );
  const head = bench.records[1]?.hash;
  const root = rootAt(bench, 1);
  const at = { head, iat: start + 80, v: 1 };
  const status = await token(
    "refund-status+jwt",
    { iat: start, list: [{ h: hashText("x"), kid: bench.owner.kid, seq: 4, why: "lost" }], v: 1 },
    bench.office,
  );
  const ack = await token(
    "refund-ack+jwt",
    { ...at, dev: bench.till.kid, root, seq: 1, status: hashText(status) },
    bench.office,
  );
  await add(
    bench,
    { kind: "ack", ah: hashText(ack), by: bench.office.kid, h: head, s: 1 },
    {},
    { staff: "sys" },
  );
  const wit = await token("refund-wit+jwt", { ...at, k: bench.till.kid, s: 1 }, bench.phone);
  const cp = await token("refund-cp+jwt", { ...at, nonce: "n", root, seq: 1 }, bench.till);
  for (const [t, j] of Object.entries({ ack, wit, cp, status })) bench.tail.push({ j, t });
  return await writeFile(bench, { attachments: [attachment.line], exporter: "sys" });
};

type Mutation = { readonly name: string; readonly apply: (bytes: Uint8Array) => Uint8Array };

const replaced = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = bytes.slice();
  copy[at] = value;
  return copy;
};

const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts));

/** Eight flipped bits, the next value, a space, a line feed, a letter; a deletion, an insertion, a truncation. */
const byteMutations = (length: number): readonly Mutation[] => {
  const values: readonly ((byte: number) => number)[] = [
    ...Array.from({ length: 8 }, (_, bit) => (byte: number) => byte ^ (1 << bit)),
    (byte) => (byte + 1) % 256,
    () => 32,
    () => 10,
    () => 65,
  ];
  return Array.from({ length }, (_, at) => [
    ...values.map((change, kind) => ({
      name: `byte ${at} change ${kind}`,
      apply: (bytes: Uint8Array) => replaced(bytes, at, change(bytes[at] ?? 0)),
    })),
    {
      name: `byte ${at} deleted`,
      apply: (bytes: Uint8Array) => joined(bytes.subarray(0, at), bytes.subarray(at + 1)),
    },
    {
      name: `insertion at ${at}`,
      apply: (bytes: Uint8Array) => joined(bytes.subarray(0, at), toBytes("0"), bytes.subarray(at)),
    },
    { name: `cut at ${at}`, apply: (bytes: Uint8Array) => bytes.subarray(0, at) },
  ]).flat();
};

const linesOf = (bytes: Uint8Array): readonly string[] =>
  Buffer.from(bytes)
    .toString()
    .split(/(?<=\n)/);

const onLines =
  (change: (lines: readonly string[]) => readonly string[]) =>
  (bytes: Uint8Array): Uint8Array =>
    toBytes(change(linesOf(bytes)).join(""));

const lineMutations = (count: number): readonly Mutation[] =>
  Array.from({ length: count }, (_, at) => [
    {
      name: `line ${at} removed`,
      apply: onLines((lines) => lines.filter((_line, place) => place !== at)),
    },
    {
      name: `line ${at} twice`,
      apply: onLines((lines) =>
        lines.flatMap((line, place) => (place === at ? [line, line] : [line])),
      ),
    },
    ...Array.from({ length: count }, (_unused, other) => ({
      name: `lines ${at} and ${other} swapped`,
      apply: onLines((lines) =>
        lines.map(
          (line, place) => lines[place === at ? other : place === other ? at : place] ?? line,
        ),
      ),
    })),
  ]).flat();

const chosen = (all: readonly Mutation[]): readonly Mutation[] => {
  if (isDeep) return all;
  const step = Math.max(1, Math.floor(all.length / sample));
  // scattered, so that no kind of change is always left out
  return all.filter((_, index) => Math.imul(index, 2_654_435_761) % step === 0);
};

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0;

describe("any changed byte is found", () => {
  test(
    `${isDeep ? "every" : "sampled"} byte, deletion, insertion, truncation and every line move gives an E_ code`,
    { timeout: isDeep ? 3_600_000 : 300_000 },
    async () => {
      const bench = await aBareBench();
      const bytes = await anExport(bench);
      const ports = { verify: remembering() };
      expect((await judge(bench, bytes, ports)).findings).toEqual([]);
      expect(bytes.length).toBeGreaterThan(6000);
      const mutations = [
        ...chosen(byteMutations(bytes.length)),
        ...lineMutations(linesOf(bytes).length),
      ];
      const missed: string[] = [];
      let tried = 0;
      for (const { name, apply } of mutations) {
        const mutant = apply(bytes);
        if (isSame(mutant, bytes)) continue;
        tried++;
        const { findings } = await judge(bench, mutant, ports);
        const codes = findings.map(({ code }) => code);
        const isFound = codes.some((code) => code.startsWith("E_"));
        if (!isFound || codes.includes("E_INTERNAL") || !codes.every(isFindingCode))
          missed.push(`${name}: ${codes.join(" ")}`);
      }
      expect(missed).toEqual([]);
      expect(tried).toBeGreaterThan(runs(900, 50_000));
    },
  );
});

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Every other spelling of the same signature, and its twin with a high s. */
const respelled = (jws: string): readonly string[] => {
  const dot = jws.lastIndexOf(".");
  const [signed, signature] = [jws.slice(0, dot), jws.slice(dot + 1)];
  const last = alphabet.indexOf(signature.at(-1) ?? "");
  const spellings = Array.from({ length: 16 }, (_, spare) => alphabet[(last & 48) | spare]);
  const others = spellings.filter((letter) => letter !== signature.at(-1));
  const raw = Buffer.from(signature, "base64url");
  const s = order - BigInt(`0x${raw.subarray(32).toString("hex")}`);
  const twin = Buffer.concat([
    raw.subarray(0, 32),
    Buffer.from(s.toString(16).padStart(64, "0"), "hex"),
  ]);
  return [
    ...others.map((letter) => `${signed}.${signature.slice(0, -1)}${letter}`),
    `${signed}.${signature}=`,
    `${signed}.${signature}==`,
    `${signed}.${twin.toString("base64url")}`,
    `${jws}\n`,
    `${jws} `,
  ];
};

type Line = { readonly [member: string]: unknown };

/** The lines with one token spelled in another way, for every token and every way. */
const otherSpellings = (lines: readonly Line[]): readonly (readonly Line[])[] =>
  lines.flatMap((line, at) =>
    ["j", "cert"].flatMap((member) => {
      const text = line[member];
      if (typeof text !== "string") return [];
      const spelled = (other: string): Line => ({ ...line, [member]: other });
      return respelled(text).map((other) => lines.with(at, spelled(other)));
    }),
  );

/** The lines with the disclosures of a record left out, doubled, turned round, or those of another record. */
const otherDisclosures = (lines: readonly Line[]): readonly (readonly Line[])[] =>
  lines.flatMap((line, at) => {
    const own = line["d"];
    if (!Array.isArray(own)) return [];
    const foreign = lines.flatMap(({ d }) => (Array.isArray(d) && d !== own ? [d] : []));
    const lists: readonly (readonly unknown[])[] = [
      ...own.map((_, index) => own.toSpliced(index, 1)),
      [...own, own[0]],
      own.toReversed(),
      ...foreign,
      ...foreign.flatMap((other) => other.map((text, index) => own.with(index % own.length, text))),
      ...foreign.map((other) => own.slice(0, 2).concat(other[1])),
    ];
    const carrying = (d: readonly unknown[]): Line => ({ ...line, d });
    return lists
      .filter((d) => JSON.stringify(d) !== JSON.stringify(own))
      .map((d) => lines.with(at, carrying(d)));
  });

/** The lines under a manifest that the device itself signs over them. */
const listed = async (
  { till }: Bench,
  lines: readonly Line[],
  claims: Line,
): Promise<Uint8Array> => {
  const bytes = toBytes(`${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  const sum = { bytes: bytes.length, sha256: hashBytes(bytes) };
  const j = await token("refund-export+jwt", { ...claims, ...sum }, till);
  return joined(bytes, toBytes(`${JSON.stringify({ j, t: "end" })}\n`));
};

const claimsIn = ({ j }: Line): Line =>
  JSON.parse(Buffer.from(String(j).split(".")[1] ?? "", "base64url").toString()) as Line;

describe("what is changed and then listed anew by the device's own key", () => {
  test("every other spelling of a signature, its high-s twin and every exchanged disclosure gives an E_ code", async () => {
    const bench = await aBareBench();
    const all = linesOf(await anExport(bench)).map((line) => JSON.parse(line) as Line);
    const [lines, claims] = [all.slice(0, -1), claimsIn(all.at(-1) ?? {})];
    const ports = { verify: remembering() };
    const codesOf = async (mutant: readonly Line[]): Promise<readonly string[]> => {
      const { findings } = await judge(bench, await listed(bench, mutant, claims), ports);
      return findings.map(({ code }) => code);
    };
    expect(await codesOf(lines)).toEqual([]);
    const mutants = [...otherSpellings(lines), ...otherDisclosures(lines)];
    const missed: string[] = [];
    for (const mutant of mutants) {
      const codes = await codesOf(mutant);
      const isFound = codes.some((code) => code.startsWith("E_"));
      if (!isFound || codes.includes("E_INTERNAL") || !codes.every(isFindingCode))
        missed.push(codes.join(" "));
    }
    expect(missed).toEqual([]);
    expect(mutants.length).toBeGreaterThan(200);
  });
});
