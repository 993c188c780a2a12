import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceId } from "../../src/domain/ids.ts";
import type { Zone } from "../../src/domain/instant.ts";
import { writeStrict } from "../../src/ledger/canonical.ts";
import { toClaims, toEvent } from "../../src/ledger/kinds/events.ts";
import { parseClaims } from "../../src/ledger/kinds/index.ts";
import { readPersonal, writePersonal } from "../../src/ledger/kinds/mapping.ts";
import { eventOf } from "../support/arbitrary-events.ts";
import { personal } from "../support/arbitrary-values.ts";

const device = "D".repeat(43) as DeviceId;
const zones = ["Asia/Shanghai", "UTC", "America/St_Johns"] as Zone[];
const digest = "A".repeat(43);
const common = { v: 1, seq: 1, prev: digest, iat: 1, _sd: [digest] };

describe("claims and events", () => {
  it("reads back every event it writes, through JSON, in any zone", () => {
    fc.assert(
      fc.property(eventOf(device), fc.constantFrom(...zones), (event, zone) => {
        const { core, det } = JSON.parse(writeStrict(toClaims(event, { device, zone }))) as {
          core: object;
          det: object;
        };
        const claims = parseClaims(event.kind, {
          payload: { ...common, ...core },
          det: { ...det, _sd: [digest] },
        });
        expect(claims).toMatchObject({ ok: true });
        expect(claims.ok && toEvent(claims.value, device)).toEqual(event);
      }),
      { numRuns: 500 },
    );
  });

  it("reads back everything personal", () => {
    fc.assert(
      fc.property(personal, (person) => {
        expect(readPersonal(writePersonal(person))).toEqual(person);
      }),
    );
  });

  it("tells nothing of a record whose det is withheld", () => {
    const payload = { ...common, kind: "withdraw", ref: 0, why: "other" };
    const withheld = parseClaims("withdraw", { payload });
    expect(withheld.ok && toEvent(withheld.value, device)).toBeUndefined();
  });

  it("never names another chain's record by its number alone", () => {
    const other = "E".repeat(43) as DeviceId;
    const event = { kind: "withdraw", refund: { device: other, seq: 3 }, why: "other" } as const;
    expect(() => toClaims(event, { device, zone: "UTC" as Zone })).toThrow();
  });
});
