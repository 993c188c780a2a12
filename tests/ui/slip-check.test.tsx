// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { findRecord } from "../../src/storage/queries.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import { SlipScreen } from "../../src/ui/screens/slip/slip-screen.tsx";
import {
  aCaseId,
  anOpenTill,
  newBrowser,
  payment,
  refund,
  valueOf,
  write,
  type Till,
} from "../storage/a-till.ts";
import { verify } from "../support/crypto.ts";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let till: Till;
let slip: string;

beforeEach(async () => {
  newBrowser();
  stage = aStage();
  till = await anOpenTill();
  valueOf(await write(till, [payment(1)]));
  const plan = { number: 1, payment: 1, minor: 500, left: 10_000, counter: 0 };
  valueOf(await write(till, [refund(till, plan)]));
  slip = (await findRecord(till.journal.db, { device: till.key.kid, seq: 4 }))?.jwt ?? "";
});

type Who = "nobody yet" | "locked" | "unlocked";

const show = async (text: string, who: Who): Promise<string> => {
  const own = {
    journal: till.journal,
    device: till.key.kid,
    jwk: till.key.jwk,
    verify,
    certificate: "",
  };
  const deps = who === "nobody yet" ? undefined : own;
  const built = { deps, abilities: {}, start: {} } as unknown as Built;
  const staff = who === "unlocked" ? ({ name: "小王" } as Staff) : undefined;
  const shell = { ...emptyShell, shop: { ...emptyShell.shop, name: "面馆" }, staff };
  stage.show(
    <DepsProvider built={built}>
      <ShellProvider shell={shell}>
        <SlipScreen route={{ name: "slip", args: { jwt: text } }} />
      </ShellProvider>
    </DepsProvider>,
  );
  await vi.waitFor(() => expect(stage.app.querySelector(".banner")).not.toBeNull());
  return stage.app.textContent;
};

const link = (): string | null | undefined =>
  stage.app.querySelector(`a[href="#/r/${aCaseId(1)}"]`)?.getAttribute("href");

describe("the slip check", () => {
  it("X36 vouches for a slip of this device, with how the refund stands now", async () => {
    const text = await show(slip, "unlocked");
    for (const words of ["签名有效，一字未改", "面馆", "本凭条不是到账证明"])
      expect(text).toContain(words);
    expect(stage.app.querySelector("data")?.getAttribute("value")).toBe("5.00");
    await vi.waitFor(() => expect(stage.app.textContent).toContain("已登记 · 待导出"));
    expect(link()).toBe(`#/r/${aCaseId(1)}`);
  });

  it("works while locked, without a way to the record", async () => {
    expect(await show(slip, "locked")).toContain("签名有效");
    await vi.waitFor(() => expect(stage.app.textContent).toContain("已登记 · 待导出"));
    expect(link()).toBeUndefined();
  });

  it("before a shop is open shows the slip's words and that nobody vouches for them", async () => {
    const text = await show(slip, "nobody yet");
    expect(text).toContain("无法核对签名：未知设备");
    expect(text).toContain("本凭条不是到账证明");
    expect(text).not.toContain("签名有效");
    expect(text).not.toContain("面馆");
  });

  it("X36 shows no amount of an altered slip unless it is asked for", async () => {
    const [header, payload = "", signature] = slip.split(".");
    const more = Buffer.from(payload, "base64url").toString().replace('"amt":500', '"amt":900');
    const forged = [header, Buffer.from(more).toString("base64url"), signature].join(".");
    expect(await show(forged, "unlocked")).toContain("签名不符，凭条被改动过");
    expect(stage.app.querySelector("data")).toBeNull();
    expect(stage.app.querySelector("details")?.open).toBe(false);
  });

  it("tells half a slip", async () => {
    expect(await show("RL1:ABC", "locked")).toContain("无法核对：凭条不完整");
  });
});
