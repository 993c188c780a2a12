import { beforeEach, describe, expect, it } from "vitest";

import { encodeBase64url } from "../../src/ledger/base64url.ts";
import { planOf, recordEvents } from "../../src/usecases/record-event.ts";
import { rebuild } from "../../src/storage/rebuild.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aKey } from "../support/crypto.ts";
import { aShop, type TestShop } from "../support/deps.ts";

let shop: TestShop;

beforeEach(async () => {
  shop = await aShop();
});

describe("a chain whose key was replaced", () => {
  const end = async () => {
    const { jwk } = await aKey();
    const saved = await recordEvents<never>(shop.deps, async () =>
      planOf({ kind: "rotate", jwk, why: "schedule" }),
    );
    return valueOf(saved);
  };

  const record = (event: Parameters<typeof planOf>[0]) =>
    recordEvents<never>(shop.deps, async () => planOf(event));

  const exportEvent = { kind: "export", exportId: encodeBase64url(new Uint8Array(16)) } as const;

  it("refundlog §4 takes nothing more but its last export, a rebuild from the records later too", async () => {
    await end();
    valueOf(await record(exportEvent));
    const login = { kind: "staff", staff: "s1", op: "login_ok" } as Parameters<typeof planOf>[0];
    expect(faultOf(await record(login))).toEqual({ kind: "chain_ended" });
    valueOf(await rebuild(shop.deps.journal.db));
    expect(faultOf(await record(login))).toEqual({ kind: "chain_ended" });
  });
});
