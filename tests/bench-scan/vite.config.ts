import { defineConfig } from "vite";

/** One script for Node, bundled as the product's worker is, so that its times are comparable. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: "tests/bench-scan/bench.ts",
    outDir: "node_modules/.cache/bench-scan",
    emptyOutDir: true,
    target: "node20",
  },
  ssr: { noExternal: ["@zxing/library"] },
});
