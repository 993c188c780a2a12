import { beforeEach, describe, expect, it } from "vitest";

import { fingerprint } from "../../src/ledger/keys.ts";
import { saveEnrolment } from "../../src/storage/envelopes.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { describeDevice, describeJournal } from "../../src/usecases/describe-device.ts";
import { aKey } from "../support/crypto.ts";
import { anOpenTill, aTill, copyOf, newBrowser, prefix, setCopy } from "../storage/a-till.ts";
import type { Till } from "../storage/a-till.ts";

const depsOf = ({ journal, key }: Till): Deps =>
  ({ journal, device: key.kid, certificate: "" }) as unknown as Deps;

describe("what is said of this device", () => {
  beforeEach(newBrowser);

  it("names the shop, the prefix and both fingerprints", async () => {
    const till = await anOpenTill();
    const root = await aKey();
    await saveEnrolment(till.journal.db, {
      device: till.key.kid,
      certificate: "",
      root: root.jwk,
    });
    expect(await describeDevice(depsOf(till))).toMatchObject({
      shop: { name: "面馆" },
      label: "T1",
      prefix,
      fingerprint: fingerprint(till.key.kid),
      rootFingerprint: fingerprint(root.kid),
    });
  });

  it("leaves the shop key out when the enrolment is not there", async () => {
    const report = await describeDevice(depsOf(await anOpenTill()));
    expect(report.rootFingerprint).toBeUndefined();
  });

  it("says two copies only while the safety copy is as long as the chain", async () => {
    const till = await anOpenTill();
    expect(await describeJournal(depsOf(till))).toMatchObject({ records: 3, copies: 2 });
    setCopy(till, copyOf(till).slice(0, -1));
    expect(await describeJournal(depsOf(till))).toMatchObject({ records: 3, copies: 1 });
    till.journal.safetyCopy.fault = { kind: "busy" };
    expect(await describeJournal(depsOf(till))).toMatchObject({ copies: 1 });
  });

  it("says nothing of a journal that has not begun", async () => {
    expect(await describeJournal(depsOf(await aTill()))).toBeUndefined();
  });
});
