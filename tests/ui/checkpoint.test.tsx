// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { BusinessDate } from "../../src/domain/instant.ts";
import { writeKeyCard } from "../../src/ledger/key-card.ts";
import { parseRoute } from "../../src/ui/routes.ts";
import { CheckpointScreen } from "../../src/ui/screens/checkpoint/checkpoint-screen.tsx";
import { readCode } from "../../src/ui/screens/scan/read-code.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { makeCheckpoint, newNonce } from "../../src/usecases/make-checkpoint.ts";
import { recordWitness } from "../../src/usecases/witness-chain.ts";
import { valueOf } from "../support/a.ts";
import { refundNow } from "../support/refunds.ts";
import { anotherTill, twoTills, type TwoTills } from "../support/two-tills.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

const codes: string[] = [];
vi.mock("../../src/ui/components/qr-path.ts", () => ({
  qrPath: (text: string) => {
    codes.push(text);
    return { size: 21, d: "M0 0" };
  },
}));

let stage: Stage;
let tills: TwoTills;
let one: Deps;
let other: Deps;

beforeEach(async () => {
  stage = aStage();
  codes.length = 0;
  tills = await twoTills();
  ({ one, other } = tills);
});

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

/** Opens what the scanner of this till makes of a text. */
const scan = async (deps: Deps, text?: string): Promise<void> => {
  const reading =
    text === undefined
      ? { kind: "go" as const, href: "#/checkpoint" }
      : await readCode(text, {
          today: "2026-11-22" as BusinessDate,
          find: async () => ({ kind: "nothing" }),
          ownCase: async () => undefined,
        });
  if (reading.kind !== "go") throw new Error(reading.kind);
  const route = parseRoute(reading.href);
  if (route?.name !== "checkpoint") throw new Error(reading.href);
  stage.strike();
  stage.show(inShop(deps, <CheckpointScreen route={route} />));
};

const lastCode = (): string => codes.at(-1) ?? "";

describe("the handover code", () => {
  it("X9 refundlog §6 goes till to till to till through the screens, with a one-time code", async () => {
    await refundNow(one);
    await scan(other);
    stage.press("出示一次码");
    await vi.waitFor(() => expect(lastCode()).toMatch(/^RLN1:/));
    await scan(one, lastCode());
    await seen("T1-000004");
    expect(stage.app.textContent).toContain("小林饰品摊");
    expect(stage.app.textContent).toContain("证明是现在出示的");
    await scan(other, lastCode());
    await seen("刚刚出示的，不是旧照片");
    stage.press("记为见证");
    await seen("已见证，请对方扫回去");
    await scan(one, lastCode());
    await seen("T2 见证了本机到第 4 号记录");
  });

  it("can be shown without a one-time code, and then says what that is worth", async () => {
    await scan(one);
    stage.press("出示交接码");
    await seen("T1-000002");
    await scan(other, lastCode());
    await seen("可能是以前的照片");
  });

  it("F71 refundlog §6 of a till that was rolled back: which, which record, what it means, what to do", async () => {
    const early = valueOf(await makeCheckpoint(one, await newNonce(other)));
    await refundNow(one);
    valueOf(await recordWitness(other, valueOf(await makeCheckpoint(one)).token));
    await scan(other, early.token);
    await seen("T1 的记录回退了：只到第 2 号，以前见过第 4 号");
    for (const words of ["可能用旧备份", "停用那台设备", "吊销它", "留作证据"])
      expect(stage.app.textContent).toContain(words);
    expect(stage.app.querySelector(".btn-primary")).toBeNull();
  });

  it("of a key that nobody vouched for says what to do first", async () => {
    const stranger = await anotherTill(tills.shop, { label: "T3", prefix: "T3T3T3" });
    const { token } = valueOf(await makeCheckpoint(stranger));
    await scan(other, token);
    await seen("本机不认识这把密钥");
    expect(stage.app.textContent).toContain("先扫它的密钥卡");
    await scan(other, writeKeyCard({ ...stranger, root: tills.root.jwk }));
    await seen("已收下 T3 的密钥卡");
    await scan(other, token);
    await seen("签名有效，与以前见过的接得上");
  });

  it("and the key card of another shop is not kept", async () => {
    const foreign = await twoTills();
    const card = { certificate: foreign.one.certificate, jwk: foreign.one.jwk };
    await scan(other, writeKeyCard({ ...card, root: foreign.root.jwk }));
    await vi.waitFor(() => expect(stage.app.querySelector(".tone-danger")).not.toBeNull());
    expect(stage.app.textContent).not.toContain("已收下");
  });

  it("of this very till is for another to scan", async () => {
    await scan(one, valueOf(await makeCheckpoint(one)).token);
    await seen("要作见证，请由另一台来扫");
  });
});
