import { beforeEach, describe, expect, it } from "vitest";

import type { CaseId } from "../../src/domain/ids.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { verifyTogether } from "../../src/ledger/verify-together.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { dropKey } from "../../src/storage/key-store.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { isFormer, prepareLastFile } from "../../src/usecases/last-file.ts";
import type { Deps, OutFile } from "../../src/usecases/deps.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { fileOf } from "../support/merging.ts";
import { quiet } from "../support/money-steps.ts";
import { payNow, refundNow } from "../support/refunds.ts";
import { aRotation, keysOf } from "../support/rotation.ts";
import { leftIn, note, payer } from "../support/told-refund.ts";

let shop: TestShop;
let deps: Deps;

/** The browser keeps the old key beside the new one; the tests' keys lie outside it. */
const keepOldKey = async (): Promise<void> => {
  const { device, jwk, journal } = shop.deps;
  await journal.db.keys.put({ id: device, jwk, privateKey: {} as CryptoKey });
};

let caseId: CaseId;

beforeEach(async () => {
  shop = await aShop();
  caseId = await refundNow(shop.deps, { of: await payNow(shop.deps, { payer }), note });
  valueOf(await withdrawRefund(shop.deps, caseId, "customer"));
  await keepOldKey();
  const rotation = await aRotation(shop);
  valueOf(await rotation.rotate());
  deps = await rotation.reopened();
});

const lastFile = () => {
  const { device, sign } = shop.deps;
  const openKey = keysOf({ kid: device, sign });
  return prepareLastFile(deps, { device, openKey }, quiet);
};

const verified = async ({ bytes }: Pick<OutFile, "bytes">) => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  const roots = new Map(root === undefined ? [] : [[thumbprint(root), root]]);
  return valueOf(await verifyRefundlog({ source: bytes, verify: deps.verify, roots, pins: [] }));
};

/** Its lines up to the manifest, and what that says. */
const unsigned = ({ bytes }: OutFile): readonly string[] => {
  const text = new TextDecoder().decode(bytes);
  const [manifest = ""] = text.split(".").slice(-2);
  return [text.slice(0, text.lastIndexOf(manifest) + manifest.length)];
};

describe("X45 the last file of the key before", () => {
  it("refundlog §8 §12 ends with rotate and export, verifies, and joins the chain that goes on", async () => {
    const report = await verified(valueOf(await lastFile()));
    expect(report.findings).toEqual([]);
    expect(report.chain?.records.slice(-2).map(({ claims }) => claims.kind)).toEqual([
      "rotate",
      "export",
    ]);
    const next = await verified(await fileOf(deps));
    expect(next.findings).toEqual([]);
    expect(verifyTogether([report, next])).toEqual([]);
  });

  it("refundlog §12 says the same however late it is written again; only its signature is made anew", async () => {
    const first = valueOf(await lastFile());
    shop.clock.ms += 86_400_000;
    await payNow(deps);
    const again = valueOf(await lastFile());
    expect(again.name).toBe(first.name);
    expect(unsigned(again)).toEqual(unsigned(first));
  });

  it("X41 withholds what was said of customers once one of them was erased, and verifies all the same", async () => {
    expect((await verified(valueOf(await lastFile()))).findings).toEqual([]);
    valueOf(await eraseCustomer(deps, { caseId, payer: true, why: "request" }));
    expect(await leftIn(deps)).toEqual([]);
    const report = await verified(valueOf(await lastFile()));
    expect(report.findings.map(({ code }) => code)).toEqual(["W_WITHHELD"]);
    const own = await verified(await fileOf(deps));
    expect(own.findings).toEqual([]);
    expect(verifyTogether([report, own])).toEqual([]);
  });

  it("is there for the key before alone, and not once the browser lost that", async () => {
    expect(await isFormer(deps, shop.deps.device)).toBe(true);
    expect(await isFormer(deps, deps.device)).toBe(false);
    await dropKey(deps.journal.db, shop.deps.device);
    expect(await isFormer(deps, shop.deps.device)).toBe(false);
    const gone = { device: shop.deps.device, openKey: async () => undefined };
    expect(faultOf(await prepareLastFile(deps, gone, quiet))).toEqual({ kind: "former_key_gone" });
  });
});
