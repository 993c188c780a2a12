import { beforeEach, describe, expect, it } from "vitest";

import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { closeShift } from "../../src/usecases/close-shift.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { makeCheckpoint } from "../../src/usecases/make-checkpoint.ts";
import { takeRevocations } from "../../src/usecases/status-lists.ts";
import { takeStatement } from "../../src/usecases/take-statement.ts";
import { witnessOnPhone } from "../../src/usecases/witness-on-phone.ts";
import { makeStatusList } from "../../src/ledger/status-list.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { anApproverPhone, meetPhone, meetTill, type TestPhone } from "../support/approver.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { fileOf } from "../support/merging.ts";
import { refundNow } from "../support/refunds.ts";
import { rootOf, type TestRoot } from "../support/ring.ts";
import { twinOf } from "../support/two-tills.ts";

let shop: TestShop;
let till: Deps;
let root: TestRoot;
let phone: TestPhone;

beforeEach(async () => {
  shop = await aShop();
  till = shop.deps;
  root = await rootOf(shop);
  phone = await anApproverPhone(till, root, { sid: "s1" });
  await meetTill(phone, till, root);
});

const see = (token: string) => witnessOnPhone(phone.deps, token);

describe("a till's code on an approver's phone", () => {
  it("X35 refundlog §6 is stated, taken back by the till, and borne out in its file", async () => {
    await meetPhone(till, phone, root);
    await refundNow(till);
    const { token, seq } = valueOf(await closeShift(till));
    const seen = valueOf(await see(token));
    expect(seen).toMatchObject({ till: "T1", seq });
    expect(valueOf(await takeStatement(till, seen.statement)).seq).toBe(seq);
    const { bytes } = await fileOf(till);
    const roots = new Map([[root.kid, root.jwk]]);
    const report = valueOf(await verifyRefundlog({ source: bytes, verify: till.verify, roots }));
    expect(report.findings).toEqual([]);
    expect(report.pinnedTo).toBe(seq);
    expect(valueOf(await see(token)).seq).toBe(seq);
  });

  it("F71 of a till that was cut or went another way is told, and the code is kept", async () => {
    const earlier = await twinOf(till);
    await refundNow(till);
    valueOf(await see(valueOf(await closeShift(till)).token));
    const last = (await till.journal.db.heads.get(till.device))?.seq ?? 0;
    const cut = valueOf(await makeCheckpoint(earlier));
    expect(faultOf(await see(cut.token))).toMatchObject({
      kind: "chain_rolled_back",
      seq: cut.seq,
      last,
    });
    await refundNow(earlier);
    const forked = valueOf(await closeShift(earlier));
    expect(forked.seq).toBe(last);
    expect(faultOf(await see(forked.token))).toMatchObject({ kind: "chain_forked", seq: last });
    const kept = await phone.deps.journal.db.tokens.toArray();
    expect(kept.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual([cut.seq, last, last]);
  });

  it("is not believed without the till's card, beyond a revocation, or on a phone that approves nothing", async () => {
    const { token, seq } = valueOf(await makeCheckpoint(till));
    const stranger = await anApproverPhone(till, root, { sid: "s1" });
    expect(faultOf(await witnessOnPhone(stranger.deps, token)).kind).toBe("signer_unknown");
    expect(faultOf(await see(`${token}x`)).kind).toBe("code_unreadable");
    const at = { iat: Math.floor(till.now() / 1000) };
    const entry = { h: till.device as never, kid: till.device, seq: seq - 1, why: "lost" } as const;
    const list = await makeStatusList(root, { ...at, list: [entry] });
    valueOf(await takeRevocations(phone.deps, list));
    expect(faultOf(await see(token))).toMatchObject({ kind: "signer_revoked", seq: seq - 1 });
    await phone.deps.journal.db.envelopes.delete("approver");
    expect(faultOf(await see(token))).toEqual({ kind: "not_an_approver" });
  });
});
