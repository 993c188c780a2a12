import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { findFileType, findPicture } from "../../src/workers/file-type.ts";
import { anMp4, aGif, aJpeg, aWav, joined } from "../support/pictures.ts";

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const mail = "Received: from qq.com\r\n\tby mail\r\nFrom: a@qq.com\r\nTo: b@qq.com\r\n\r\n退款";
const webm = (codecs: string): Uint8Array<ArrayBuffer> =>
  joined("\x1aE\xdf\xa3\x9fB\x82\x84webm\x18S\x80g", codecs);

describe("type of a file by its bytes", () => {
  it.each([
    ["a WAV", aWav(), "audio/wav"],
    ["an MP3 with tags", joined("ID3\x04\0", new Uint8Array(20)), "audio/mpeg"],
    ["an MP3 without", joined([0xff, 0xfb, 0x90, 0x64], new Uint8Array(20)), "audio/mpeg"],
    ["a recording of an iPhone", anMp4("M4A ", ["soun"]), "audio/mp4"],
    ["a recording of an Android phone", anMp4("isom", ["soun"]), "audio/mp4"],
    ["an Opus file", joined("OggS", new Uint8Array(24), "OpusHead"), "audio/ogg"],
    ["a Vorbis file", joined("OggS", new Uint8Array(24), "\x01vorbis"), "audio/ogg"],
    ["a recording of a browser", webm("A_OPUS"), "audio/webm"],
    ["a PDF", joined("%PDF-1.7\n", [0, 1, 2]), "application/pdf"],
    ["an e-mail", utf8(mail), "message/rfc822"],
    ["a chat", utf8("2026-11-22 14:02 小林：收到了\n顾客：能退吗？"), "text/plain"],
    ["a chat in GBK", Uint8Array.from([0xcd, 0xcb, 0xbf, 0xee, 0x0d, 0x0a]), "text/plain"],
    ["a text that looks like a header", utf8("Note: call back\nFrom: me"), "text/plain"],
  ])("R20 knows %s", (_name, bytes, type) => {
    expect(findPicture(bytes)).toBeUndefined();
    expect(findFileType(bytes)).toBe(type);
    expect(type).toMatch(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["a film", anMp4("isom", ["soun", "vide"])],
    ["a film in WebM", webm("V_VP8 A_OPUS")],
    ["a film in Ogg", joined("OggS", new Uint8Array(24), "\x80theora")],
    ["a Matroska file", joined("\x1aE\xdf\xa3\xa3B\x82\x88matroska", "A_OPUS")],
    ["a zip, a docx, an apk", joined("PK\x03\x04", new Uint8Array(30))],
    ["a program", joined("MZ\x90\0\x03", new Uint8Array(30))],
    ["an AAC stream", joined([0xff, 0xf1, 0x50, 0x80], new Uint8Array(20))],
    ["a TIFF", joined("II*\0\x08\0\0\0")],
    ["a web page", utf8("<!doctype html><script>alert(1)</script>")],
    ["a web page behind spaces", utf8("\uFEFF\n <html>")],
    ["an XML file", utf8('<?xml version="1.0"?><a/>')],
    ["a text with a NUL", utf8("abc\0def")],
    ["bytes that are no text", Uint8Array.from([0xe9, 0xff, 0xfe, 0x41])],
  ])("F81 refuses %s", (_name, bytes) => {
    expect(findPicture(bytes)).toBeUndefined();
    expect(findFileType(bytes)).toBeUndefined();
  });

  it.each([
    ["heic", joined([0, 0, 0, 24], "ftypheic\0\0\0\0mif1heic")],
    ["heic", joined([0, 0, 0, 24], "ftypmif1\0\0\0\0mif1heic")],
    ["heic", joined([0, 0, 0, 24], "ftypavif\0\0\0\0avif")],
    ["svg", utf8("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")],
    ["svg", utf8('\uFEFF<?xml version="1.0"?>\n<!-- a -->\n<SVG onload="x">')],
    ["svg", joined("\xff\xfe", new Uint8Array(Buffer.from("<svg >", "utf16le")))],
  ])("F81 names a picture in %s", (type, bytes) => {
    expect(findPicture(bytes)).toBe(type);
  });

  it("F81 a picture that is also something else is the picture", () => {
    const page = "<html><svg onload=x>";
    expect(findPicture(aJpeg(100, 100, { after: page }))).toBe("image/jpeg");
    expect(findPicture(joined(aGif(100, 100), "PK\x03\x04"))).toBe("image/gif");
    expect(findFileType(joined("%PDF-1.4", "\xff\xd8\xff"))).toBe("application/pdf");
  });

  it("F81 text that claims to be a picture stays text", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9 ]{2,200}$/), (text) => {
        expect(findPicture(utf8(text))).toBeUndefined();
      }),
    );
  });
});
