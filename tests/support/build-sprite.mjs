/**
 * Builds public/icons/sprite.svg from the names in src/ui/components/icon-names.ts and the drawings of
 * lucide-static (ISC). Run it after a change of the names: `node tests/support/build-sprite.mjs`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const drawings = createRequire(import.meta.url)("lucide-static/icon-nodes.json");
const root = new URL("../../", import.meta.url);
const namesFile = new URL("src/ui/components/icon-names.ts", root);
const spriteFile = new URL("public/icons/sprite.svg", root);

const attributes = (values) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");

const symbol = (name) => {
  const shapes = drawings[name];
  if (shapes === undefined) throw new Error(`lucide has no icon ${name}`);
  const body = shapes.map(([tag, values]) => `<${tag}${attributes(values)}/>`).join("");
  return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
};

/** The whole sprite as text. */
export const buildSprite = (names) =>
  `<svg xmlns="http://www.w3.org/2000/svg"><!-- lucide.dev, ISC -->\n${names.map(symbol).join("\n")}\n</svg>\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = [...readFileSync(namesFile, "utf8").matchAll(/^ {2}"([a-z0-9-]+)",$/gm)];
  writeFileSync(spriteFile, buildSprite(names.map((match) => match[1])));
}
