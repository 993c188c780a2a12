import { beforeEach, describe, expect, it } from "vitest";

import { firstOwner } from "../../src/domain/ids.ts";
import type { JournalEvent } from "../../src/domain/journal-event.ts";
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

const record = (event: JournalEvent) => recordEvents<never>(shop.deps, async () => planOf(event));

describe("a chain whose key was replaced", () => {
  const exportEvent = { kind: "export", exportId: encodeBase64url(new Uint8Array(16)) } as const;

  it("refundlog §4 takes nothing more but its last export, a rebuild from the records later too", async () => {
    const { jwk } = await aKey();
    valueOf(await record({ kind: "rotate", jwk, why: "schedule" }));
    valueOf(await record(exportEvent));
    const login = { kind: "staff", staff: firstOwner, op: "login_ok" } as const;
    expect(faultOf(await record(login))).toEqual({ kind: "chain_ended" });
    valueOf(await rebuild(shop.deps.journal.db));
    expect(faultOf(await record(login))).toEqual({ kind: "chain_ended" });
  });
});
