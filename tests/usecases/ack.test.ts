import { beforeEach, describe, expect, it } from "vitest";

import type { DeviceId, Hash } from "../../src/domain/ids.ts";
import { makeJws } from "../../src/ledger/jws.ts";
import { writeRefundAck } from "../../src/ledger/refundack.ts";
import { makeStatusList } from "../../src/ledger/status-list.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { saveRingKey } from "../../src/storage/ring.ts";
import { applyAck } from "../../src/usecases/apply-ack.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { reviewAck } from "../../src/usecases/review-ack.ts";
import { newestStatusList, revokeKey } from "../../src/usecases/revoke-key.ts";
import { signAck, type SignedAck } from "../../src/usecases/sign-ack.ts";
import { revocations, statusLists, takeStatusList } from "../../src/usecases/status-lists.ts";
import type { FileReport } from "../../src/usecases/verify-file.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aKey, type TestKey } from "../support/crypto.ts";
import { quiet } from "../support/money-steps.ts";
import { as, join } from "../support/people.ts";
import { payNow, refundNow } from "../support/refunds.ts";
import { enrolInRing } from "../support/ring.ts";
import { anotherTill, meet, twoTills, type TwoTills } from "../support/two-tills.ts";

let tills: TwoTills;
let office: Deps;
let till: Deps;

beforeEach(async () => {
  tills = await twoTills();
  office = tills.one;
  till = tills.other;
});

const exportOf = async (deps: Deps) =>
  valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet })).file.bytes;

const check = async (source: Uint8Array<ArrayBuffer>): Promise<FileReport> => {
  const roots = new Map([[tills.root.kid, tills.root.jwk]]);
  return valueOf(await verifyRefundlog({ source, verify: till.verify, roots }));
};

const codesOf = ({ findings }: FileReport): readonly string[] => findings.map(({ code }) => code);

const errorsOf = (report: FileReport): readonly string[] =>
  codesOf(report).filter((code) => code.startsWith("E_"));

const signFor = async (deps: Deps): Promise<SignedAck> => {
  const bytes = await exportOf(deps);
  const verified = { file: new Blob([bytes]), report: await check(bytes) };
  return valueOf(await signAck(office, verified, tills.shop.recoveryCode));
};

const textOf = ({ file }: SignedAck): string => new TextDecoder().decode(file.bytes);

/** An acknowledgement of the till as it stands, with some claims changed, signed by whom one likes. */
const forge = async (
  over: Readonly<Record<string, unknown>>,
  signer: { readonly kid: string; readonly sign: Deps["sign"] } = tills.root,
): Promise<string> => {
  const { token } = await signFor(till);
  const payload = JSON.parse(
    Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
  ) as object;
  return makeJws("refund-ack+jwt", { ...payload, ...over }, signer);
};

/** Two keys of an office that both devices know, ordered by their names. */
const twoOffices = async (): Promise<readonly [TestKey, TestKey]> => {
  const trust = { roots: new Map([[tills.root.kid, tills.root.jwk]]), verify: till.verify };
  const make = async (): Promise<TestKey> => {
    const { key, known } = await enrolInRing(office, tills.root, { role: "office" });
    valueOf(await saveRingKey(till.journal.db, known, trust));
    return key;
  };
  const [one, other] = [await make(), await make()];
  return one.kid < other.kid ? [one, other] : [other, one];
};

const officeList = (signer: TestKey, iat: number, kid: string): Promise<string> =>
  makeStatusList(signer, {
    iat,
    list: [{ h: kid as Hash, kid: kid as DeviceId, seq: -1, why: "lost" }],
  });

describe("an acknowledgement", () => {
  it("refundlog §14 of the owner's device is taken in by the till, and later files carry and bear it out", async () => {
    await refundNow(till);
    const signed = await signFor(till);
    const review = valueOf(await reviewAck(till, textOf(signed)));
    expect(review.acks).toMatchObject([{ seq: 5, role: "root", isKnown: false, flags: [] }]);
    const before = (await till.journal.db.heads.get(till.device))?.seq ?? 0;
    valueOf(await applyAck(till, textOf(signed)));
    expect((await till.journal.db.heads.get(till.device))?.seq).toBe(before + 1);
    const report = await check(await exportOf(till));
    expect(codesOf(report)).toEqual([]);
    expect(report.pinnedTo).toBe(5);
  });

  it("is also taken as one code, is recorded once, and says that it is known", async () => {
    const signed = await signFor(till);
    valueOf(await applyAck(till, signed.token));
    const before = (await till.journal.db.heads.get(till.device))?.seq;
    valueOf(await applyAck(till, textOf(signed)));
    expect((await till.journal.db.heads.get(till.device))?.seq).toBe(before);
    expect(valueOf(await reviewAck(till, signed.token)).acks[0]?.isKnown).toBe(true);
  });

  it("refundlog §14 F111 a text that was lost comes back with the same file", async () => {
    const signed = await signFor(till);
    valueOf(await applyAck(till, textOf(signed)));
    await till.journal.db.tokens.clear();
    expect(errorsOf(await check(await exportOf(till)))).toContain("E_ACK");
    valueOf(await applyAck(till, textOf(signed)));
    expect(errorsOf(await check(await exportOf(till)))).toEqual([]);
  });

  it("brings what people should look at, by record", async () => {
    const paid = await payNow(till);
    const known = (await till.journal.db.payments.get(paid))?.payment;
    if (known === undefined) throw new Error("no payment");
    const bytes = await exportOf(till);
    const report = await check(bytes);
    const flagged = {
      ...report,
      findings: [
        { code: "F_PAYMENT_RAISED" as const, seq: 3 },
        { code: "W_CLOCK_BACK" as const, seq: 3 },
        { code: "F_PAYMENT_RAISED" as const, seq: 3, line: 6 },
      ],
    };
    const verified = { file: new Blob([bytes]), report: flagged };
    const signed = valueOf(await signAck(office, verified, tills.shop.recoveryCode));
    const { acks } = valueOf(await reviewAck(till, signed.token));
    expect(acks[0]?.flags).toEqual([{ seq: 3, code: "F_PAYMENT_RAISED" }]);
  });

  it("of an office key in the ring counts, of a till's or an approver's key does not", async () => {
    const known = await enrolInRing(till, tills.root, { role: "office", label: "总部" });
    const good = await forge({}, known.key);
    expect(valueOf(await reviewAck(till, good)).acks[0]).toMatchObject({
      role: "office",
      by: { label: "总部" },
    });
    valueOf(await applyAck(till, good));
    expect(errorsOf(await check(await exportOf(till)))).toEqual([]);
    const phone = await enrolInRing(till, tills.root, { role: "approver" });
    expect(faultOf(await reviewAck(till, await forge({}, phone.key))).kind).toBe("signer_role");
    const tillKey = { kid: office.device, sign: office.sign };
    expect(faultOf(await reviewAck(till, await forge({}, tillKey))).kind).toBe("signer_role");
    expect(faultOf(await reviewAck(till, await forge({}, await aKey()))).kind).toBe(
      "signer_unknown",
    );
  });

  it("W_OUTSIDE_BRACKET a clock behind the office's is told before it applies", async () => {
    const late = await forge({ iat: Math.floor(till.now() / 1000) + 1000 });
    expect(valueOf(await reviewAck(till, late)).acks[0]?.isClockBehind).toBe(true);
    expect(valueOf(await reviewAck(till, (await signFor(till)).token)).acks[0]?.isClockBehind).toBe(
      false,
    );
    valueOf(await applyAck(till, late));
    await refundNow(till);
    expect(codesOf(await check(await exportOf(till)))).toContain("W_OUTSIDE_BRACKET");
  });
});

describe("an acknowledgement that contradicts", () => {
  it("another device is refused", async () => {
    expect(faultOf(await reviewAck(office, (await signFor(till)).token))).toEqual({
      kind: "ack_not_ours",
    });
  });

  it("E_ACK the head, the tree or the number is refused, each with its reason", async () => {
    const other = "A".repeat(43);
    expect(faultOf(await reviewAck(till, await forge({ head: other }))).kind).toBe(
      "own_chain_forked",
    );
    expect(faultOf(await reviewAck(till, await forge({ root: other }))).kind).toBe(
      "ack_root_differs",
    );
    expect(faultOf(await reviewAck(till, await forge({ seq: 900 })))).toMatchObject({
      kind: "own_chain_cut",
      seq: 900,
    });
    expect(faultOf(await applyAck(till, await forge({ root: other }))).kind).toBe(
      "ack_root_differs",
    );
    expect(await till.journal.db.acks.count()).toBe(0);
  });

  it("itself, is cut or is no acknowledgement at all is refused and changes nothing", async () => {
    const signed = await signFor(till);
    const text = textOf(signed);
    const texts = [
      "",
      "x",
      text.trimEnd(),
      text.replace('"t":"ack"', '"t":"wit"'),
      `${text}\n`,
      text.replace("}", " }"),
    ];
    for (const bad of texts)
      expect(faultOf(await reviewAck(till, bad)).kind, bad.slice(0, 20)).toBe("ack_unreadable");
    const changed = writeRefundAck({ acks: [`${signed.token.slice(0, -6)}AAAAAA`], statuses: [] });
    expect(["code_altered", "code_unreadable"]).toContain(
      faultOf(await reviewAck(till, changed)).kind,
    );
    const kept = (await till.journal.db.tokens.toArray()).filter(({ kind }) => kind === "ack");
    expect(kept).toEqual([]);
  });

  it("X45 names a list of revoked keys that must be beside it or here already", async () => {
    const lost = await anotherTill(tills.shop, { label: "T3", prefix: "T3T3T3" });
    await meet(office, lost, tills.root);
    const entry = {
      kid: lost.device,
      seq: -1,
      why: "lost",
      recoveryCode: tills.shop.recoveryCode,
    } as const;
    valueOf(await revokeKey(office, entry));
    const signed = await signFor(till);
    expect(faultOf(await reviewAck(till, signed.token))).toEqual({ kind: "ack_status_missing" });
    const review = valueOf(await applyAck(till, textOf(signed)));
    expect(review.revocations).toMatchObject([{ seq: -1, why: "lost" }]);
    expect(valueOf(await reviewAck(till, signed.token)).acks[0]?.isKnown).toBe(true);
    expect(codesOf(await check(await exportOf(till)))).toEqual([]);
  });

  it("X45 refundlog §14 brings every list of revoked keys, and names the newest whoever signed it", async () => {
    const [early, late] = await twoOffices();
    const iat = Math.floor(office.now() / 1000);
    const older = await officeList(late, iat + 10, "o".repeat(43));
    const newest = await officeList(early, iat + 20, "n".repeat(43));
    for (const token of [newest, older]) valueOf(await takeStatusList(office, token));
    const signed = await signFor(till);
    expect(signed.status).toBe(newest);
    expect(await newestStatusList(office)).toBe(newest);
    valueOf(await applyAck(till, textOf(signed)));
    expect(await statusLists(till)).toEqual([older, newest]);
    expect([...(await revocations(till)).keys()]).toEqual(["n".repeat(43), "o".repeat(43)]);
  });
});

describe("signing one", () => {
  it("takes a whole, valid file under this shop's root, the recovery code and the owner", async () => {
    const bytes = await exportOf(till);
    const report = await check(bytes);
    const file = new Blob([bytes]);
    const sign = (over: Partial<FileReport>, deps = office, code = tills.shop.recoveryCode) =>
      signAck(deps, { file, report: { ...report, ...over } }, code);
    expect(faultOf(await sign({ verdict: "invalid" })).kind).toBe("ack_not_verified");
    expect(faultOf(await sign({ from: 1 })).kind).toBe("ack_not_verified");
    expect(faultOf(await sign({ signer: { kind: "none" } })).kind).toBe("ack_not_verified");
    expect(faultOf(await sign({}, office, "WRONG")).kind).toBe("wrong_recovery_code");
    expect(faultOf(await sign({}, till)).kind).toBe("root_not_here");
    const clerk = await join(office);
    expect(faultOf(await sign({}, await as(office, clerk.staff))).kind).toBe("not_entitled");
    expect(valueOf(await sign({})).file.name).toMatch(/\.refundack$/);
  });

  it("taking one in is for who may reconcile", async () => {
    const { token } = await signFor(till);
    const clerk = await join(till);
    expect(faultOf(await applyAck(actingAs(till, clerk), token)).kind).toBe("not_entitled");
  });
});
