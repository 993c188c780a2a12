import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addressFor,
  originOf,
  parsePresigned,
  parseTypedTarget,
  shownAddress,
  type TypedTarget,
  type UploadTarget,
} from "../../src/domain/upload-target.ts";
import { faultOf, valueOf } from "../support/a.ts";

const typed = (over: Partial<TypedTarget> = {}): TypedTarget => ({
  way: "folder",
  address: "https://dav.example.com/refunds/{name}",
  method: "PUT",
  accepts: "folder",
  proof: "none",
  secretName: "",
  secretValue: "",
  ...over,
});

const read = (over: Partial<TypedTarget> = {}, known?: UploadTarget): UploadTarget =>
  valueOf(parseTypedTarget(typed(over), known));

const refused = (over: Partial<TypedTarget>, known?: UploadTarget): string =>
  faultOf(parseTypedTarget(typed(over), known)).kind;

describe("the beginning of an address", () => {
  it.each([
    ["https://dav.example.com/a/{name}", "https://dav.example.com"],
    ["HTTPS://DAV.Example.com:443/a", "https://dav.example.com"],
    ["https://dav.example.com:8443?x=1", "https://dav.example.com:8443"],
    ["http://127.0.0.1:9000/{name}", "http://127.0.0.1:9000"],
  ])("%s begins with %s", (address, origin) => {
    expect(valueOf(originOf(address))).toBe(origin);
  });

  it("is what the browser makes of it", () => {
    const host = fc.domain();
    const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
    fc.assert(
      fc.property(host, port, fc.webPath(), (name, number, path) => {
        const address = `https://${name}${number === undefined ? "" : `:${number}`}${path}`;
        const origin = originOf(address);
        if (origin.ok) expect(origin.value).toBe(new URL(address).origin);
      }),
    );
  });

  it.each([
    ["upload_address_insecure", "http://dav.example.com/{name}"],
    ["upload_address_insecure", "http://localhost:9000/{name}"],
    ["upload_address_insecure", "http://127.0.0.1.example.com/{name}"],
    ["upload_address_wrong", "https://me:secret@dav.example.com/{name}"],
    ["upload_address_wrong", "https://dav.example.com/a b/{name}"],
    ["upload_address_wrong", "https://dav.example.com/{name}#x"],
    ["upload_address_wrong", "https:/dav.example.com/{name}"],
    ["upload_address_wrong", String.raw`https://dav.example.com\@evil.example/{name}`],
    ["upload_address_wrong", "https://*.example.com/{name}"],
    ["upload_address_wrong", "javascript:alert(1)"],
    ["upload_address_wrong", "dav.example.com/{name}"],
    ["upload_address_wrong", `https://dav.example.com/${"a".repeat(4000)}`],
    ["upload_address_wrong", ""],
  ])("%s: %s", (kind, address) => {
    expect(refused({ address })).toBe(kind);
  });
});

describe("an address for all files", () => {
  it("has the file's name in its place, so that no character of it means anything there", () => {
    const target = read({ address: "https://dav.example.com/a/{name}?as={name}" });
    expect(addressFor(target, "退款 1/../?#.txt")).toBe(
      `https://dav.example.com/a/${encodeURIComponent("退款 1/../?#.txt")}?as=${encodeURIComponent("退款 1/../?#.txt")}`,
    );
  });

  it("needs that place for PUT: the next file would lie over the last", () => {
    expect(refused({ address: "https://dav.example.com/refunds/" })).toBe("upload_name_missing");
    expect(read({ address: "https://api.example.com/in", method: "POST" }).method).toBe("POST");
  });

  it("knows no other place", () => {
    expect(refused({ address: "https://dav.example.com/{id}/{name}" })).toBe(
      "upload_address_wrong",
    );
  });

  it("is shown without what stands behind its question mark", () => {
    expect(shownAddress("https://x.example/{name}?sig=secret")).toBe("https://x.example/{name}?…");
  });
});

describe("what proves who sends", () => {
  it("is a name and password as RFC 7617 has them", () => {
    const { secret } = read({ proof: "password", secretName: "林晓", secretValue: "a:b é" });
    expect(secret).toEqual({
      name: "Authorization",
      value: `Basic ${Buffer.from("林晓:a:b é").toString("base64")}`,
    });
  });

  it("is written in base64 like everywhere", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{1,12}$/),
        fc.stringMatching(/^\S{1,20}$/),
        (name, word) => {
          const { secret } = read({ proof: "password", secretName: name, secretValue: word });
          const [, code = ""] = secret?.value.split(" ") ?? [];
          expect(Buffer.from(code, "base64").toString()).toBe(`${name}:${word}`);
        },
      ),
    );
  });

  it("is any header that is not the browser's or ours", () => {
    const own = { proof: "header", secretName: "X-Api-Key", secretValue: "k1" };
    expect(read(own).secret).toEqual({ name: "X-Api-Key", value: "k1" });
    for (const secretName of [
      "Cookie",
      "Host",
      "Idempotency-Key",
      "Content-Type",
      "Origin",
      "a b",
      "",
    ])
      expect([secretName, refused({ ...own, secretName })]).toEqual([
        secretName,
        "upload_secret_wrong",
      ]);
    for (const secretValue of ["", "密", "a\r\nb: c\u0001é"])
      expect(refused({ ...own, secretValue })).toBe("upload_secret_wrong");
    expect(refused({ ...own, proof: "password", secretName: "a:b" })).toBe("upload_secret_wrong");
  });

  it("is kept for the same host alone", () => {
    const known = read({ proof: "password", secretName: "me", secretValue: "word" });
    expect(read({ proof: "keep", method: "PUT" }, known).secret).toEqual(known.secret);
    expect(refused({ proof: "keep", address: "https://evil.example/{name}" }, known)).toBe(
      "upload_secret_wrong",
    );
    expect(read({ proof: "none" }, known).secret).toBeUndefined();
  });
});

describe("presigned addresses", () => {
  const target = read({ way: "presigned", address: "https://b.s3.example.com/x?y", accepts: "ok" });

  it("need their host alone, take PUT, and never a secret", () => {
    expect(target).toEqual({
      way: "presigned",
      address: "https://b.s3.example.com",
      method: "PUT",
      accepts: [200],
    });
  });

  it("must lead to that host", () => {
    const good = "https://b.s3.example.com/a.txt?X-Amz-Signature=1";
    expect(valueOf(parsePresigned(target, ` ${good} `))).toBe(good);
    expect(faultOf(parsePresigned(target, "https://evil.example/a?X")).kind).toBe(
      "upload_other_origin",
    );
    expect(faultOf(parsePresigned(target, "x")).kind).toBe("upload_address_wrong");
  });
});
