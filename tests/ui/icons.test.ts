import { describe, expect, it } from "vitest";

import { iconNames } from "../../src/ui/components/icon-names.ts";
import { writeSprite } from "../support/sprite.ts";

describe("the sprite", () => {
  it("is what the installed icons give for the names in use", async () => {
    const sprite = writeSprite(iconNames);
    await expect(sprite).toMatchFileSnapshot("../../public/icons/sprite.svg");
  });

  it("has each name once and no colour of its own", () => {
    expect(new Set(iconNames).size).toBe(iconNames.length);
    expect(writeSprite(iconNames)).not.toMatch(/stroke=|fill=|style=|<script/);
  });

  it("refuses a name that has no drawing", () => {
    expect(() => writeSprite(["no-such-icon"])).toThrow("no-such-icon");
  });
});
