import { readFileSync } from "node:fs";
import type { Connect, IndexHtmlTransformHook, Plugin } from "vite";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const page = readFileSync("index.html", "utf8");
const origin = "https://dav.example.com:8443";

/** The configuration as a build with this UPLOAD_ORIGIN reads it. */
const configured = async (named: string | undefined) => {
  vi.stubEnv("UPLOAD_ORIGIN", named);
  vi.resetModules();
  const { default: config } = await import("../../vite.config.ts");
  const plugins = (config.plugins ?? []).flat() as readonly (Plugin | undefined)[];
  const security = plugins.find((plugin) => plugin?.name === "security-headers");
  if (security === undefined) throw new Error("the build has no policy");
  return { security, define: config.define };
};

const builtPage = async ({ transformIndexHtml }: Plugin): Promise<unknown> => {
  const { handler } = transformIndexHtml as { readonly handler: IndexHtmlTransformHook };
  return handler.call({} as never, page, { path: "/", filename: "index.html" });
};

/** The policy that the preview sends with a file. */
const headerOf = ({ configurePreviewServer }: Plugin, url: string): string | undefined => {
  const headers = new Map<string, string>();
  const use = (handler: Connect.NextHandleFunction): void =>
    handler(
      { url } as never,
      { setHeader: (name: string, value: string) => headers.set(name, value) } as never,
      () => undefined,
    );
  (configurePreviewServer as (server: unknown) => void)({ middlewares: { use } });
  return headers.get("Content-Security-Policy");
};

const connectOf = (policy: string | undefined): string | undefined =>
  /connect-src [^;"]*/.exec(policy ?? "")?.[0];

test("F96 the build that is shipped may ask nobody but its own server", async () => {
  for (const named of [undefined, ""]) {
    const { security, define } = await configured(named);
    expect(await builtPage(security)).toBe(page);
    expect(connectOf(page)).toBe("connect-src 'self'");
    for (const url of ["/", "/index.html", "/sw.js", "/assets/app-1.js"])
      expect(connectOf(headerOf(security, url))).toBe("connect-src 'self'");
    expect(define?.["__UPLOAD_ORIGIN__"]).toBe('""');
  }
});

test("UPLOAD_ORIGIN goes into page, header and code, and changes nothing else of the policy", async () => {
  const { security, define } = await configured(origin);
  const built = String(await builtPage(security));
  expect(built).toBe(page.replace("connect-src 'self'", `connect-src 'self' ${origin}`));
  expect(built).not.toBe(page);
  const header = headerOf(security, "/") ?? "";
  expect(built).toContain(header.replace("; frame-ancestors 'none'", ""));
  expect(define?.["__UPLOAD_ORIGIN__"]).toBe(JSON.stringify(origin));
});

test("the worker that may compile WebAssembly and the verifier get nothing of it", async () => {
  const { security } = await configured(origin);
  const worker = headerOf(security, "/assets/second-engine.worker-1.js");
  expect(connectOf(worker)).toBe("connect-src 'self'");
  expect(headerOf(security, "/verify.html")).toBeUndefined();
});

test.each([
  "*",
  "https:",
  "https://*.example.com",
  "https://dav.example.com/",
  "https://dav.example.com/refunds",
  "https://dav.example.com https://evil.example",
  "https://dav.example.com; script-src *",
  "https://me:word@dav.example.com",
  "https://DAV.example.com",
  "http://dav.example.com",
  "'unsafe-inline'",
  'https://dav.example.com"',
])("UPLOAD_ORIGIN=%s builds nothing", async (named) => {
  await expect(configured(named)).rejects.toThrow(/UPLOAD_ORIGIN must look like/);
});
