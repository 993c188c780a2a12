import { expect, test } from "vitest";

import { answerTo } from "../../src/workers/sw-routes.ts";

const scope = new URL("https://shop.example/desk/");
const stored = new Set(
  ["index.html", "assets/app-1.js", "share/index.html", "docs/zh-cn/index.html", "verify.html"].map(
    (file) => scope.href + file,
  ),
);

const asked = (url: string, method = "GET", mode: RequestMode = "navigate", uploadOrigin = "") =>
  answerTo(
    { url: new URL(url, scope).href, method, mode },
    scope,
    (address) => stored.has(address),
    uploadOrigin,
  );

const file = (name: string) => ({ kind: "file", address: scope.href + name });

test.each([
  ["./", "index.html"],
  ["./#/scan", "index.html"],
  ["./?utm=1#/records", "index.html"],
  ["./index.html?x", "index.html"],
  ["./docs/zh-cn/", "docs/zh-cn/index.html"],
  ["./docs/zh-cn", "docs/zh-cn/index.html"],
  ["./verify.html", "verify.html"],
  ["./share", "share/index.html"],
])("%s is answered with %s", (url, name) => {
  expect(asked(url)).toEqual(file(name));
});

test("a module script is found whatever its query", () => {
  expect(asked("./assets/app-1.js?v=2", "GET", "cors")).toEqual(file("assets/app-1.js"));
});

test("an address inside the app that is no file leads home, a missing file to the network", () => {
  expect(asked("./scan")).toEqual({ kind: "home" });
  expect(asked("./assets/app-2.js", "GET", "cors")).toEqual({ kind: "network" });
});

test.each(["./share", "./share/"])("a POST to %s is taken as shared files", (url) => {
  expect(asked(url, "POST")).toEqual({ kind: "share" });
});

test("other POSTs are not ours to answer", () => {
  expect(asked("./elsewhere", "POST")).toEqual({ kind: "network" });
});

test.each([
  "https://evil.example/desk/",
  "http://shop.example/desk/",
  "https://shop.example:8443/",
])("rel-X1 another origin is refused: %s", (url) => {
  for (const method of ["GET", "PUT", "POST"])
    expect(asked(url, method, "cors")).toEqual({ kind: "refuse" });
});

test("the one host that a build may send files to gets them from the page, and nothing else", () => {
  const origin = "https://dav.example";
  const to = (url: string, method: string) => asked(url, method, "cors", origin).kind;
  expect(to(`${origin}/a`, "PUT")).toBe("upload");
  expect(to(`${origin}/a`, "POST")).toBe("upload");
  for (const method of ["GET", "HEAD", "DELETE", "PROPFIND"])
    expect(to(`${origin}/a`, method)).toBe("refuse");
  for (const other of ["https://dav.example:8443", "http://dav.example", "https://evil.example"])
    expect(to(`${other}/a`, "PUT")).toBe("refuse");
});
