import { beforeEach, describe, expect, it } from "vitest";

import { hashText } from "../../src/ledger/base64url.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { parseKnownHeads, startOf, writeKnownHeads } from "../../src/ledger/known-heads.ts";
import { edgeOf, leafHash, rootOf } from "../../src/ledger/merkle.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { gunzip, gzip } from "../../src/platform/gzip.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { findRecord } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { newReceiver, openTransfer, parseKeptParts } from "../../src/usecases/receive-records.ts";
import { prepareTransfer, writeOwnHeads, type Transfer } from "../../src/usecases/send-records.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { refundNow } from "../support/refunds.ts";

let deps: Deps;

const send = (have?: string) => prepareTransfer(deps, { have, gzip, ...quiet });

const shopRoot = async () => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  if (root === undefined) throw new Error("no root");
  return root;
};

/** Every second code is missed; the other phone has what it needs all the same. */
const film = async (transfer: Transfer): Promise<File> => {
  const receiver = newReceiver();
  for (let seqNum = 1; seqNum < 5000; seqNum += transfer.parts.count === 1 ? 1 : 2) {
    const step = receiver.take(transfer.parts.part(seqNum));
    if (step.kind === "complete") return valueOf(await openTransfer(step.packed, gunzip));
  }
  throw new Error("never complete");
};

const findings = async (file: File) => {
  const root = await shopRoot();
  const roots = new Map([[thumbprint(root), root]]);
  const source = new Uint8Array(await file.arrayBuffer());
  const report = valueOf(await verifyRefundlog({ source, verify: deps.verify, roots, pins: [] }));
  return report.findings.map(({ code }) => code).filter((code) => code.startsWith("E_"));
};

const headAt = async (seq: number): Promise<string> => {
  const record = await findRecord(deps.journal.db, { device: deps.device, seq });
  if (record === undefined) throw new Error("no record");
  const head = { device: deps.device, seq, start: startOf(record.hash) };
  return writeKnownHeads({ root: startOf(thumbprint(await shopRoot())), heads: [head] });
};

const linesOf = async (file: File): Promise<readonly string[]> =>
  (await file.text()).trimEnd().split("\n");

beforeEach(async () => {
  ({ deps } = await aShop());
  await refundNow(deps);
  await refundNow(deps);
});

describe("X9 refundlog §16 two phones exchange what the other lacks", () => {
  it("brings the whole signed package across, with every second code missed", async () => {
    const transfer = valueOf(await send());
    const file = await film(transfer);
    expect(transfer.from).toBe(0);
    expect(await findings(file)).toEqual([]);
    expect(await linesOf(file)).toHaveLength(transfer.to + 4);
    const own = await deps.journal.db.heads.get(deps.device);
    expect(own?.seq).toBe(transfer.to);
  });

  it("sends only what is newer than the other phone's code says", async () => {
    const transfer = valueOf(await send(await headAt(3)));
    expect(transfer.from).toBe(4);
    const lines = await linesOf(await film(transfer));
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ from: 4, to: transfer.to });
    expect(lines.filter((line) => line.includes('"t":"rec"'))).toHaveLength(transfer.to - 3);
  });

  it("makes the same tree for a part as the whole chain has", async () => {
    const whole = valueOf(await send());
    const have = await headAt(whole.to);
    await refundNow(deps);
    const part = valueOf(await send(have));
    const end = JSON.parse((await linesOf(await film(part))).at(-1) ?? "") as { j: string };
    const manifest: unknown = JSON.parse(
      Buffer.from(end.j.split(".")[1] ?? "", "base64url").toString(),
    );
    const records = await deps.journal.db.records.orderBy("[device+seq]").toArray();
    const leaves = records.map(({ jwt }) => leafHash(jwt));
    expect(manifest).toMatchObject({
      edge: edgeOf(leaves.slice(0, whole.to + 1)).hashes,
      root: rootOf(edgeOf(leaves)),
    });
  });

  it("says so when the other phone has everything, and records nothing", async () => {
    const { seq = 0 } = (await deps.journal.db.heads.get(deps.device)) ?? {};
    expect(faultOf(await send(await headAt(seq)))).toEqual({ kind: "nothing_to_send" });
    expect((await deps.journal.db.heads.get(deps.device))?.seq).toBe(seq);
  });

  it("sends everything to a phone that knows nothing of this one, or another chain of it", async () => {
    const root = startOf(thumbprint(await shopRoot()));
    expect(valueOf(await send(writeKnownHeads({ root, heads: [] }))).from).toBe(0);
    const forked = { device: deps.device, seq: 3, start: startOf(hashText("fork")) };
    expect(valueOf(await send(writeKnownHeads({ root, heads: [forked] }))).from).toBe(0);
    const later = { device: deps.device, seq: 4000, start: startOf(hashText("later")) };
    expect(valueOf(await send(writeKnownHeads({ root, heads: [later] }))).from).toBe(0);
  });

  it("refuses the code of another shop and what is no such code", async () => {
    const other = writeKnownHeads({ root: startOf(hashText("other")), heads: [] });
    expect(faultOf(await send(other))).toEqual({ kind: "heads_of_other_shop" });
    expect(faultOf(await send("A2026112200017"))).toEqual({ kind: "heads_unreadable" });
  });

  it("tells in its own code what it has", async () => {
    const known = valueOf(parseKnownHeads(await writeOwnHeads(deps)));
    const own = await deps.journal.db.heads.get(deps.device);
    expect(known.root).toBe(startOf(thumbprint(await shopRoot())));
    expect(known.heads).toEqual([
      { device: deps.device, seq: own?.seq, start: startOf(own?.hash ?? "") },
    ]);
  });

  it("is asked of those who may export only", async () => {
    const clerk: Deps = {
      ...deps,
      staff: () => ({ ...deps.staff(), role: "clerk", grants: [] }) as ReturnType<Deps["staff"]>,
    };
    const refused = await prepareTransfer(clerk, { have: undefined, gzip, ...quiet });
    expect(faultOf(refused)).toMatchObject({ kind: "not_entitled" });
  });
});

describe("X9 the receiving phone", () => {
  it("goes on after an interruption from the parts it kept", async () => {
    const { parts } = valueOf(await send());
    const first = newReceiver();
    for (let seqNum = 1; seqNum < parts.count; seqNum++) first.take(parts.part(seqNum));
    const kept = parseKeptParts(structuredClone(first.parts()));
    const second = newReceiver(kept);
    expect(second.parts()).toEqual(first.parts());
    expect(second.take(parts.part(parts.count)).kind).toBe("complete");
  });

  it("keeps nothing of a payment code that comes before the camera (never recorded anywhere)", () => {
    const receiver = newReceiver();
    expect(receiver.take("134567890123456789")).toEqual({ kind: "ignored" });
    expect(receiver.parts()).toEqual([]);
  });

  it("tells a second phone's parts apart, and goes on with the first", async () => {
    const one = valueOf(await send()).parts;
    const other = valueOf(await send()).parts;
    const receiver = newReceiver();
    receiver.take(one.part(1));
    expect(receiver.take(other.part(2))).toEqual({
      kind: "refused",
      fault: { kind: "transfer_other" },
    });
    expect(receiver.take(one.part(2))).toMatchObject({ kind: "progress", reception: { got: 2 } });
  });

  it("F81 tells what is no package, and reads no kept parts of another form", async () => {
    const damaged = (await gzip(new Uint8Array(900))).map((byte, at) => (at > 9 ? byte ^ 7 : byte));
    expect(faultOf(await openTransfer(damaged, gunzip))).toEqual({ kind: "transfer_unreadable" });
    for (const kept of [undefined, "UR:BYTES/1-2/AEAE", [1], { parts: [] }])
      expect(parseKeptParts(kept)).toBeUndefined();
  });
});
