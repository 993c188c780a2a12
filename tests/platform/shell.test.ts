import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync("index.html", "utf8");

type Icon = { readonly src: string; readonly sizes: string };
type Manifest = {
  readonly icons: readonly Icon[];
  readonly start_url: string;
  readonly scope: string;
  readonly orientation: string;
  readonly shortcuts: readonly { readonly url: string; readonly icons: readonly Icon[] }[];
  readonly share_target: { readonly action: string };
};
const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8")) as Manifest;

/** Width and height stand at byte 16 of every PNG. */
const sizeOf = (file: string): string => {
  const bytes = readFileSync(file);
  expect(bytes.toString("latin1", 1, 4)).toBe("PNG");
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
};

test("the shipped page carries the strict policy, word for word", () => {
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
  expect(policy?.split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob: mediastream:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types app-sw",
  ]);
});

test("the policy stands before anything it must hold", () => {
  expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<link"));
  expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<script"));
});

test("the page has no inline script or style", () => {
  expect(page.match(/<script(?![^>]*\bsrc=)/g)).toBeNull();
  expect(page.match(/<style|\sstyle=|\son[a-z]+=/g)).toBeNull();
});

test("both live regions are there before the app, and zooming is never forbidden", () => {
  expect(page).toMatch(/id="status"[^>]*role="status"/);
  expect(page).toMatch(/id="alert"[^>]*role="alert"/);
  expect(page).not.toMatch(/maximum-scale|user-scalable/);
});

test("every icon of the page and the manifest exists in the size it names", () => {
  const icons = [...manifest.icons, ...manifest.shortcuts.flatMap((shortcut) => shortcut.icons)];
  for (const { src, sizes } of icons) expect([src, sizeOf(`public/${src}`)]).toEqual([src, sizes]);
  expect(sizeOf("public/icons/apple-180.png")).toBe("180x180");
  expect(sizeOf("public/icons/favicon-32.png")).toBe("32x32");
  for (const [, href = ""] of page.matchAll(/<link[^>]*href="\/([^"]+)"/g)) {
    expect([href, existsSync(`public/${href}`)]).toEqual([href, true]);
  }
});

test("every address of the manifest is relative, so that any folder will do", () => {
  const addresses = [
    manifest.start_url,
    manifest.scope,
    manifest.share_target.action,
    ...manifest.shortcuts.map(({ url }) => url),
  ];
  expect(addresses.filter((address) => !address.startsWith("./"))).toEqual([]);
});

test("the screen may be turned: a lock would keep mounted tablets out", () => {
  expect(manifest.orientation).toBe("any");
});
