import { describe, expect, test } from "vitest";

import { toBytes } from "../../../src/ledger/base64url.ts";
import { crc32 } from "../../../src/ledger/frame.ts";
import { degreeTable, drawFrom } from "../../../src/ledger/ur/alias-table.ts";
import { decodeBytewords, encodeBytewords } from "../../../src/ledger/ur/bytewords.ts";
import {
  fragmentChooser,
  newFountain,
  readPart,
  writePart,
} from "../../../src/ledger/ur/fountain.ts";
import { newUrReader } from "../../../src/ledger/ur/read-ur.ts";
import { writeUr } from "../../../src/ledger/ur/write-ur.ts";
import { drawInt, xoshiro } from "../../../src/ledger/ur/xoshiro.ts";
import { bytesOf } from "./wolf.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Published with BCR-2020-012, BCR-2020-005 and BCR-2024-001: the tests of the reference implementation. */
describe("refundlog §16 the published vectors of Uniform Resources", () => {
  test("CRC-32", () => {
    expect(crc32(toBytes("Hello, world!"))).toBe(0xebe6c6e6);
    expect(crc32(toBytes("Wolf"))).toBe(0x598c84dc);
  });

  test("bytewords", () => {
    const bytes = Uint8Array.from([0, 1, 2, 128, 255]);
    expect(encodeBytewords(bytes)).toBe("aeadaolazmjendeoti");
    expect(decodeBytewords("aeadaolazmjendeoti")).toEqual(bytes);
    expect(decodeBytewords("aeadaolazmjendeowf")).toBeUndefined();
    expect(decodeBytewords("wolf")).toBeUndefined();
    expect(decodeBytewords("")).toBeUndefined();
  });

  test("bytewords of a hundred bytes", () => {
    const words =
      "yktsbbswwnwmfefrttsnonbgmtnnjyltvwtybwnebydawswtzcbdjnrsdawzdsksurdtnsrywzzemusffwottppersfdptencxfn" +
      "mhvatdldroskcljshdbantctpadmadjksnfevymtfpwmftmhfpwtlpfejsylfhecwzonnbmhcybtgwwelpflgmfezeonledtgocs" +
      "fzhycypf";
    const bytes = decodeBytewords(words);
    expect(bytes?.length).toBe(100);
    expect(hex(bytes?.subarray(0, 10) ?? new Uint8Array())).toBe("f5d714c6f1eb453bd1cd");
    expect(encodeBytewords(bytes ?? new Uint8Array())).toBe(words);
  });

  test("xoshiro256** seeded with a word", () => {
    const draw = xoshiro(toBytes("Wolf"));
    const drawn = Array.from({ length: 20 }, () => drawInt(draw, 1, 10));
    expect(drawn).toEqual([6, 5, 8, 4, 10, 5, 7, 10, 4, 9, 10, 9, 7, 7, 1, 1, 2, 9, 9, 2]);
    expect(hex(bytesOf(20))).toBe("916ec65cf77cadf55cd7f9cda1a1030026ddd42e");
  });

  test("degrees by the alias method", () => {
    const table = degreeTable(11);
    const degrees = Array.from(
      { length: 30 },
      (_, index) => drawFrom(table, xoshiro(toBytes(`Wolf-${index + 1}`))) + 1,
    );
    expect(degrees).toEqual([
      11, 3, 6, 5, 2, 1, 2, 11, 1, 3, 9, 10, 10, 4, 2, 1, 1, 2, 1, 1, 5, 2, 4, 10, 3, 2, 1, 1, 3,
      11,
    ]);
  });

  test("the fragments that a part mixes", () => {
    const choose = fragmentChooser(11);
    const checksum = crc32(bytesOf(1024));
    const chosen = [12, 13, 14, 15, 16, 17, 24, 28, 29].map((seqNum) =>
      [...choose(seqNum, checksum)].sort((a, b) => a - b),
    );
    expect(chosen).toEqual([
      [9],
      [2, 5, 6, 8, 9, 10],
      [8],
      [1, 5],
      [1],
      [0, 2, 4, 5, 8, 10],
      [3, 5],
      [6],
      [5, 6],
    ]);
  });

  test.each([
    [1, "8501091901001a0167aa07581d916ec65cf77cadf55cd7f9cda1a1030026ddd42e905b77adc36e4f2d3c"],
    [9, "8509091901001a0167aa07581d951e65305b56a3706e3e86eb01c803bbf915d80edcd64d4d0000000000"],
    [10, "850a091901001a0167aa07581d330f0f33a05eead4f331df229871bee733b50de71afd2e5a79f196de09"],
    [13, "850d091901001a0167aa07581d760be7ad1c6187902bbc04f539b9ee5eb8ea6833222edea36031306c01"],
    [20, "8514091901001a0167aa07581de055c2433562184fa71b4be94f262e200f01c6f74c284b0dc6fae6673f"],
  ])("part %i of the fountain in CBOR", (seqNum, expected) => {
    const { part } = newFountain(bytesOf(256), 30);
    expect(hex(writePart(part(seqNum)))).toBe(expected);
    expect(readPart(Uint8Array.from(Buffer.from(expected, "hex")))).toEqual(part(seqNum));
  });

  test("a message of one part", () => {
    const text =
      "ur:bytes/hdeymejtswhhylkepmykhhtsytsnoyoyaxaedsuttydmmhhpktpmsrjtgwdpfnsboxgwlbaawzuefywkdplrsrjynbvygabwjldapfcsdwkbrkch";
    expect(writeUr(bytesOf(50), 100).part(1)).toBe(text.toUpperCase());
    expect(newUrReader().take(text)).toEqual({ kind: "complete", bytes: bytesOf(50) });
  });

  test.each([
    [
      1,
      "ur:bytes/1-9/lpadascfadaxcywenbpljkhdcahkadaemejtswhhylkepmykhhtsytsnoyoyaxaedsuttydmmhhpktpmsrjtdkgslpgh",
    ],
    [
      12,
      "ur:bytes/12-9/lpbnascfadaxcywenbpljkhdcarllaluzmdmgstospeyiefmwejlwtpedamktksrvlcygmzemovovllarodtmtbnptrs",
    ],
    [
      20,
      "ur:bytes/20-9/lpbbascfadaxcywenbpljkhdcayapmrleeleaxpasfrtrdkncffwjyjzgyetdmlewtkpktgllepfrltataztksmhkbot",
    ],
  ])("part %i of a message of nine", (seqNum, expected) => {
    expect(writeUr(bytesOf(256), 30).part(seqNum)).toBe(expected.toUpperCase());
  });
});
