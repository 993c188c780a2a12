import { beforeEach, expect, it } from "vitest";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { anOpenTill, newBrowser } from "./a-till.ts";

beforeEach(newBrowser);

it("X37 row 3: an ordinary start lists the copies once, while the database opens", async () => {
  const { journal } = await anOpenTill();
  const { db, safetyCopy } = journal;
  db.close({ disableAutoOpen: false });
  const wasOpen: boolean[] = [];
  const list: typeof safetyCopy.list = () => {
    wasOpen.push(db.isOpen());
    return safetyCopy.list();
  };
  const watched = { ...journal, safetyCopy: { ...safetyCopy, list } };
  expect(await checkAtStart(watched)).toMatchObject({ kind: "ready", copies: 2 });
  expect(wasOpen).toEqual([false]);
});
