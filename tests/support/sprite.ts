import { createRequire } from "node:module";

type Shape = readonly [tag: string, attributes: Readonly<Record<string, string>>];

const require = createRequire(import.meta.url);
const drawings = require("lucide-static/icon-nodes.json") as Readonly<
  Record<string, readonly Shape[]>
>;

const writeShape = ([tag, attributes]: Shape): string => {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<${tag}${written.join("")}/>`;
};

const writeSymbol = (name: string): string => {
  const shapes = drawings[name];
  if (shapes === undefined) throw new Error(`lucide has no icon ${name}`);
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.map(writeShape).join("")}</symbol>`;
};

/** public/icons/sprite.svg: the named drawings of lucide (ISC), without colour or stroke of their own. */
export const writeSprite = (names: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg"><!-- lucide.dev, ISC -->\n${names.map(writeSymbol).join("\n")}\n</svg>\n`;
