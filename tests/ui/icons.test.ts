import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { iconNames } from "../../src/ui/components/icon-names.ts";
import { buildSprite } from "../support/build-sprite.mjs";

const sprite = readFileSync(new URL("../../public/icons/sprite.svg", import.meta.url), "utf8");

describe("the sprite", () => {
  it("is what the installed icons give for the names in use", () => {
    expect(sprite).toBe(buildSprite(iconNames));
  });

  it("has each name once and no colour of its own", () => {
    expect(new Set(iconNames).size).toBe(iconNames.length);
    expect(sprite).not.toMatch(/stroke=|fill=|style=|<script/);
  });
});
