import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

import { preact } from "@preact/preset-vite";
import type { Connect, Plugin, Rolldown } from "vite";
import { defineConfig } from "vitest/config";

import { originOf } from "./src/domain/upload-target.ts";

const sha256 = (bytes: string | Uint8Array, encoding: "hex" | "base64"): string =>
  createHash("sha256").update(bytes).digest(encoding);

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).split(sep).join("/"))
    .sort();

/**
 * The merchant's own storage, for a build that may send files there: scheme, host and port of UPLOAD_ORIGIN, which go into
 * the page's policy, the preview's header and the service worker. Nothing else could be meant by it, and no second host.
 */
const readUploadOrigin = (): string => {
  const named = process.env["UPLOAD_ORIGIN"] ?? "";
  const origin = originOf(named);
  if (named === "" || (origin.ok && origin.value === named)) return named;
  throw new Error(`UPLOAD_ORIGIN must look like https://dav.example.com, not like ${named}`);
};

const uploadOrigin = readUploadOrigin();

/** The same sources give the same name on every machine, with or without git. */
const sourceHash = (): string => {
  const sources = ["CHANGELOG.md", "index.html", "package-lock.json", "vite.config.ts"];
  const files = [...sources, ...filesBelow("src"), ...filesBelow("public")];
  return sha256(
    files.map((file) => `${file} ${sha256(readFileSync(file), "hex")}`).join("\n") + uploadOrigin,
    "hex",
  );
};

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
/** BUILD_ID names a build in the update tests, which need two of the same sources. */
const buildName = process.env["BUILD_ID"] ?? `${version}+${sourceHash().slice(0, 7)}`;

const policyMeta = /(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]+)(")/;

/** What the page may ask besides its own server. */
const withUpload = (policy: string): string =>
  uploadOrigin === ""
    ? policy
    : policy.replace("connect-src 'self'", `connect-src 'self' ${uploadOrigin}`);

/** index.html holds the policy; the server's header is read from it, so that the two never differ. */
const shippedPolicy = (): string => {
  const policy = policyMeta.exec(readFileSync("index.html", "utf8"))?.[2];
  if (policy === undefined) throw new Error("index.html has lost its Content-Security-Policy");
  return withUpload(policy.replaceAll(/\s+/g, " ").trim());
};

/**
 * Only for `vite` (dev), never in a build: hot reload opens a WebSocket and puts styles into
 * `<style>` elements. Scripts and Trusted Types stay as strict as in the shipped page.
 */
const devPolicy = (policy: string): string =>
  policy
    .replace("connect-src 'self'", "connect-src 'self' ws://localhost:*")
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

const otherHeaders = {
  "Permissions-Policy":
    "camera=(self), bluetooth=(self), usb=(self), serial=(self), screen-wake-lock=(self), web-share=(self), microphone=(), geolocation=(), payment=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const mediaTypes: Readonly<Record<string, string>> = {
  ".webmanifest": "application/manifest+json",
  ".refundlog": "application/vnd.refundlog",
};

/**
 * Only the worker of the second scan engine may compile WebAssembly, and it may fetch that one file; the page and all other
 * workers may not. Its script stands in one file; in development its parts are files of their own.
 */
const wasmPolicy =
  "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const devWasmPolicy = wasmPolicy.replace("script-src", "script-src 'self'");
const wasmWorker = /\/second-engine\.worker[-.][^/]*$/;

/** verify.html carries a policy of its own, made of the hashes of its one script and one style. */
const setHeaders =
  (policy: string, workerPolicy: string): Connect.NextHandleFunction =>
  (request, response, next) => {
    const path = (request.url ?? "/").replace(/[?#].*$/, "");
    for (const [name, value] of Object.entries(otherHeaders)) response.setHeader(name, value);
    if (!path.endsWith("/verify.html")) {
      const own = wasmWorker.test(path) ? workerPolicy : `${policy}; frame-ancestors 'none'`;
      response.setHeader("Content-Security-Policy", own);
    }
    const type = mediaTypes[/\.[a-z]+$/.exec(path)?.[0] ?? ""];
    if (type !== undefined) response.setHeader("Content-Type", type);
    next();
  };

const securityHeaders = (): Plugin => ({
  name: "security-headers",
  configureServer: (server) => {
    server.middlewares.use(setHeaders(devPolicy(shippedPolicy()), devWasmPolicy));
  },
  configurePreviewServer: (server) => {
    server.middlewares.use(setHeaders(shippedPolicy(), wasmPolicy));
  },
  transformIndexHtml: {
    order: "pre",
    handler: (html, { server }) =>
      html.replace(policyMeta, (_meta, before: string, policy: string, after: string) => {
        const shipped = withUpload(policy);
        return `${before}${server === undefined ? shipped : devPolicy(shipped)}${after}`;
      }),
  },
});

type Bundle = Rolldown.OutputBundle;

const onlyOne = (bundle: Bundle, ending: string): Rolldown.OutputAsset | Rolldown.OutputChunk => {
  const [file, ...more] = Object.values(bundle).filter(({ fileName }) => fileName.endsWith(ending));
  if (file === undefined || more.length > 0) {
    throw new Error(`the verifier page needs exactly one ${ending} file`);
  }
  return file;
};

const textOf = (file: Rolldown.OutputAsset | Rolldown.OutputChunk): string =>
  file.type === "chunk" ? file.code : Buffer.from(file.source).toString("utf8");

const replaceTag = (html: string, tag: RegExp, text: string): string => {
  if (!tag.test(html)) throw new Error(`the verifier page has no ${tag.source}`);
  return html.replace(tag, () => text);
};

const hashOf = (text: string): string => `'sha256-${sha256(text, "base64")}'`;

/** dist/verify.html: one file that works from a disk, and may run its own two inline parts only. */
const selfContainedPage = (): Plugin => ({
  name: "self-contained-page",
  enforce: "post",
  applyToEnvironment: (environment) => environment.name === "verify_page",
  generateBundle: (_options, bundle) => {
    const page = onlyOne(bundle, ".html");
    if (page.type === "chunk") throw new Error("the verifier page is not a page");
    const script = textOf(onlyOne(bundle, ".js")).trim().replaceAll("</script", "<\\/script");
    const style = textOf(onlyOne(bundle, ".css")).trim();
    const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; worker-src blob:; base-uri 'none'; form-action 'none'`;
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    const parts = [
      [/<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`],
      [/<script type="module"[^>]*><\/script>/, `<script type="module">${script}</script>`],
      [/<meta charset="?utf-8"?\s*\/?>/i, `<meta charset="utf-8">${meta}`],
    ] as const;
    page.source = parts.reduce((html, [tag, text]) => replaceTag(html, tag, text), textOf(page));
    page.fileName = "verify.html";
    for (const [name, file] of Object.entries(bundle)) if (file !== page) delete bundle[name];
  },
});

/** Not the worker itself, the verifier for Node, and what no page shows: the README's pictures, the format's schema. */
const isCached = (file: string): boolean =>
  file !== "sw.js" &&
  !file.endsWith(".mjs") &&
  !file.endsWith(".schema.json") &&
  !file.startsWith("docs/img/");

/** Puts the list of everything the app needs offline into sw.js; throws if it finds no place for it. */
const writePrecacheList = (folder: string): void => {
  const list = filesBelow(folder)
    .map((file) => relative(folder, file).split(sep).join("/"))
    .filter(isCached)
    .map((url) => ({ url, revision: sha256(readFileSync(join(folder, url)), "hex").slice(0, 16) }));
  const worker = readFileSync(join(folder, "sw.js"), "utf8");
  const [before, after, ...more] = worker.split("self.precacheList");
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error("sw.js must name self.precacheList exactly once");
  }
  writeFileSync(join(folder, "sw.js"), `${before}${JSON.stringify(list)}${after}`);
};

/** What a browser fetches before anything is on screen: every script that index.html names, and one dictionary. */
const limits = { code: 90_000, words: 70_000 };

const gzipped = (folder: string, script: string): number =>
  gzipSync(readFileSync(join(folder, script))).length;

const checkFirstLoad = (folder: string): void => {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
    (found) => found[1] ?? "",
  );
  const dictionaries = readdirSync(join(folder, "assets"))
    .filter((name) => /^(zh-cn|en)-.*\.js$/.test(name))
    .map((name) => gzipped(folder, `assets/${name}`));
  const code = scripts.reduce((sum, script) => sum + gzipped(folder, script), 0);
  const words = Math.max(...dictionaries);
  process.stdout.write(
    `first load: ${scripts.length} scripts, ${code} of ${limits.code} bytes gzipped; ` +
      `words of one language ${words} of ${limits.words}\n`,
  );
  if (code > limits.code || words > limits.words || dictionaries.length !== 2)
    throw new Error("the first load is over its budget");
};

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const docsPage = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="docs.css"></head><body><header><p class="where"><a href="../index.html">退款台 Refund Desk</a></p></header>${body}</body></html>`;

/** The few marks of CHANGELOG.md as HTML; a link is its words. */
const lineOfChanges = (line: string): string => {
  const text = escaped(line).replace(/\[([^\]]+)\]\([^)]*\)/g, "$1");
  const [, mark = "", rest = ""] = /^(#{1,3}|-) (.*)$/.exec(text) ?? [];
  if (mark === "-") return `<ul><li>${rest}</li></ul>`;
  return mark === "" ? `<p>${text}</p>` : `<h${mark.length}>${rest}</h${mark.length}>`;
};

const licenceOf = (name: string): string => {
  const folder = `node_modules/${name}`;
  const { version: edition } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
    version: string;
  };
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name} comes without its licence`);
  return `<h2>${name} ${edition}</h2><pre>${escaped(readFileSync(`${folder}/${file}`, "utf8"))}</pre>`;
};

/** What the app is built of besides its own code: the libraries, and the icons of Lucide. */
const builtOf = (): readonly string[] => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  return [...Object.keys(dependencies), "lucide-static"];
};

/** What a page looks like stays; the indents of its source are left out. */
const withoutIndents = (html: string): string =>
  html
    .split(/(<pre[\s\S]*?<\/pre>)/)
    .map((part) => (part.startsWith("<pre") ? part : part.replace(/\s+/g, " ")))
    .join("");

/** docs/changelog.html and docs/licences.html: made anew from their sources, to be read offline like everything else. */
const writeDocs = (folder: string): void => {
  for (const page of filesBelow(join(folder, "docs")).filter((name) => name.endsWith(".html")))
    writeFileSync(page, withoutIndents(readFileSync(page, "utf8")));
  const changes = readFileSync("CHANGELOG.md", "utf8")
    .split("\n")
    .filter((line) => line !== "");
  writeFileSync(
    join(folder, "docs/changelog.html"),
    docsPage("更新记录 Changelog", changes.map(lineOfChanges).join("\n")),
  );
  const own = `<h1>许可 Licences</h1><h2>退款台 Refund Desk</h2><pre>${escaped(readFileSync("LICENSE", "utf8"))}</pre>`;
  writeFileSync(
    join(folder, "docs/licences.html"),
    docsPage("许可 Licences", own + builtOf().map(licenceOf).join("\n")),
  );
};

/** @zxing has no side effects but does not say so; without this any import of it weighs 477 kB. */
const treeshake = { moduleSideEffects: (id: string): boolean => !id.includes("/@zxing/") };

/**
 * What the first page needs is a few files instead of thirty, and so are the check at the start and the lock, which come one
 * after the other. main.tsx stays apart: it awaits scripts that import from here, and whoever imports from a module that still
 * awaits waits for it as well.
 */
const chunks: Rolldown.OutputOptions = {
  codeSplitting: {
    groups: [
      { name: "vendor", tags: ["$initial"], test: /node_modules/, priority: 1 },
      { name: "base", tags: ["$initial"], test: /src\/(?!main)/ },
      {
        name: "opening",
        test: /src\/(storage\/start-up|platform\/device-key|domain\/shop-setting)/,
      },
      { name: "lock", test: /src\/(ui\/screens\/unlock\/unlock-screen|usecases\/unlock)/ },
    ],
  },
};

const laterBuild = { emptyOutDir: false, copyPublicDir: false };
const environments = ["client", "service_worker", "verify_page", "verify_node"];

export default defineConfig({
  base: "./",
  define: {
    __BUILD__: JSON.stringify(buildName),
    __UPLOAD_ORIGIN__: JSON.stringify(uploadOrigin),
  },
  build: {
    target: ["es2022", "chrome100", "safari16.4"],
    // A page's scripts come from the cache of the worker; to name them all in the first script costs more than it saves.
    modulePreload: {
      resolveDependencies: (_, dependencies, { hostType }) =>
        hostType === "html" ? dependencies : dependencies.filter((file) => file.endsWith(".css")),
    },
  },
  worker: { format: "es", rolldownOptions: { treeshake } },
  plugins: [preact(), securityHeaders(), selfContainedPage()],
  // Found late, behind the scan screen, they would load the page anew in the middle of a scan.
  optimizeDeps: { include: ["@zxing/browser", "@zxing/library", "zxing-wasm/reader"] },
  server: { port: 5173, strictPort: true, hmr: { overlay: false } },
  preview: { port: 4173, strictPort: true },
  environments: {
    client: {
      build: { rolldownOptions: { treeshake, input: { app: "index.html" }, output: chunks } },
    },
    // Apart from the app: a chunk shared by both would be an import, which a classic worker cannot have.
    service_worker: {
      consumer: "client",
      build: {
        ...laterBuild,
        rolldownOptions: {
          input: "src/workers/sw.ts",
          output: { format: "iife", entryFileNames: "sw.js" },
        },
      },
    },
    verify_page: {
      consumer: "client",
      build: {
        ...laterBuild,
        modulePreload: false,
        rolldownOptions: { input: "src/verifier/verify.html" },
      },
    },
    verify_node: {
      consumer: "server",
      resolve: { noExternal: true },
      build: {
        ...laterBuild,
        rolldownOptions: {
          input: "src/verifier/node.ts",
          output: { entryFileNames: "refundlog-verify.mjs" },
        },
      },
    },
  },
  builder: {
    buildApp: async (builder) => {
      for (const name of environments) {
        const environment = builder.environments[name];
        if (environment === undefined) throw new Error(`no environment ${name}`);
        await builder.build(environment);
      }
      const { outDir } = builder.config.build;
      checkFirstLoad(outDir);
      writeDocs(outDir);
      writePrecacheList(outDir);
    },
  },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    maxWorkers: "100%", // one less than there are cores, were it left out: one on the two of CI
    testTimeout: 60_000, // machines are noisy; nothing here is a timed test
  },
});
