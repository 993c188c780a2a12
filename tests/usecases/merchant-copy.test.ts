import { describe, expect, it } from "vitest";

import type { MerchantCopy } from "../../src/domain/merchant-copy.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { countByTask } from "../../src/storage/queries.ts";
import { actingAs, type Delivery, type Deps, type OutFile } from "../../src/usecases/deps.ts";
import {
  mailLinkOf,
  recordCopiesSent,
  sendMerchantCopies,
  type CopyTexts,
} from "../../src/usecases/merchant-copy.ts";
import { readOutbox } from "../../src/usecases/read-outbox.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { aCaseId, aStaff, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { asClerk, caseAt, refundNow, setMail } from "../support/refunds.ts";

const texts: CopyTexts = {
  language: "zh-CN",
  subject: (copies) => `${copies.length} 笔`,
  text: (copies: readonly MerchantCopy[], shop) =>
    [shop, ...copies.map(({ refundNo, by, standing }) => `${refundNo} ${by} ${standing}`)].join(
      "\n",
    ),
};

/** A share sheet that answers so, and remembers what it was given. */
const aSheet = (answer: Delivery) => {
  const given: { readonly file: OutFile; readonly title: string }[] = [];
  const deliver = async (file: OutFile, title: string): Promise<Delivery> => {
    given.push({ file, title });
    return answer;
  };
  return { given, deliver };
};

const bodyOf = ({ bytes }: OutFile): string => {
  const [, body = ""] = new TextDecoder().decode(bytes).split("\r\n\r\n");
  return Buffer.from(body, "base64").toString("utf8");
};

const queued = async (deps: Deps): Promise<number> =>
  (await countByTask(deps.journal.db)).merchant_copy ?? 0;

const aShopWithMail = async () => {
  const { deps } = await aShop();
  await setMail(deps, "shop@example.com");
  return deps;
};

describe("copies for the merchant's mail", () => {
  it("R42 every recorded refund has a copy that waits, also one that needs approval or was withdrawn", async () => {
    const deps = await aShopWithMail();
    const first = await refundNow(deps);
    const pending = await refundNow(asClerk(deps));
    const withdrawn = await refundNow(deps);
    valueOf(await withdrawRefund(deps, withdrawn, "mistake"));
    const outbox = await readOutbox(deps);
    expect(outbox.mail).toBe("shop@example.com");
    expect(outbox.waiting.map(({ caseId }) => caseId)).toEqual([first, pending, withdrawn]);
    expect(outbox.total).toBe(3);
    expect(outbox.sent).toEqual([]);
  });

  it("R42 one letter lists several refunds, and they count as sent once it was shared", async () => {
    const deps = await aShopWithMail();
    const caseIds = [await refundNow(deps), await refundNow(deps)];
    const sheet = aSheet("shared");
    expect(valueOf(await sendMerchantCopies(deps, sheet.deliver, { caseIds, texts }))).toEqual({
      kind: "sent",
      out: "shared",
    });
    const [given] = sheet.given;
    expect(sheet.given).toHaveLength(1);
    expect(given?.file.name).toMatch(/^refund-desk_merchant-copy_20261122-\d{6}\.eml$/);
    expect(given?.file.type).toBe("message/rfc822");
    const numbers = await Promise.all(
      caseIds.map(async (caseId) => latestAttempt(await caseAt(deps, caseId)).refundNo),
    );
    const lines = numbers.map((number) => `${number} 小林 recorded`);
    expect(given && bodyOf(given.file)).toBe(["小林饰品摊", ...lines].join("\r\n"));
    const outbox = await readOutbox(deps);
    expect([outbox.total, outbox.waiting]).toEqual([0, []]);
    expect(outbox.sent.map(({ refundCase }) => refundCase.caseId).sort()).toEqual(
      [...caseIds].sort(),
    );
    expect((await caseAt(deps, caseIds[0] ?? aCaseId())).history.at(-1)).toMatchObject({
      told: { kind: "notice", to: "merchant", state: "accepted", via: "share" },
    });
  });

  it.each(["cancelled", "blocked"] as const)(
    "R42 what was %s waits as before, and nothing is recorded",
    async (answer) => {
      const deps = await aShopWithMail();
      const caseId = await refundNow(deps);
      const { deliver } = aSheet(answer);
      const done = valueOf(await sendMerchantCopies(deps, deliver, { caseIds: [caseId], texts }));
      expect(done).toEqual({ kind: "waiting", because: answer });
      expect(await queued(deps)).toBe(1);
      expect((await caseAt(deps, caseId)).history).toHaveLength(1);
    },
  );

  it("R42 the mail program gets the same letter as a link; a person says that it was sent", async () => {
    const deps = await aShopWithMail();
    const caseId = await refundNow(deps);
    const link = new URL(valueOf(await mailLinkOf(deps, caseId, texts)));
    expect(link.protocol + link.pathname).toBe("mailto:shop@example.com");
    expect(link.searchParams.get("body")).toContain("小林 recorded");
    expect(await queued(deps)).toBe(1);
    valueOf(await recordCopiesSent(deps, [caseId], { via: "email", language: "zh-CN" }));
    expect(await queued(deps)).toBe(0);
    expect((await readOutbox(deps)).sent).toMatchObject([{ via: "email" }]);
  });

  it("waits without an address: nothing leaves, and the answer says why", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    const sheet = aSheet("shared");
    for (const mail of ["", "店@商店.中国"]) {
      await setMail(deps, mail);
      expect(
        await sendMerchantCopies(deps, sheet.deliver, { caseIds: [caseId], texts }),
      ).toMatchObject({ fault: { kind: "mail_missing" } });
      expect(await mailLinkOf(deps, caseId, texts)).toMatchObject({
        fault: { kind: "mail_missing" },
      });
    }
    expect(sheet.given).toEqual([]);
    expect((await readOutbox(deps)).mail).toBeUndefined();
    expect(await queued(deps)).toBe(1);
  });

  it("is not for auditors, and not about refunds that are not here", async () => {
    const deps = await aShopWithMail();
    const caseId = await refundNow(deps);
    const { deliver, given } = aSheet("shared");
    const auditor = actingAs(deps, aStaff({ role: "auditor" }));
    expect(await sendMerchantCopies(auditor, deliver, { caseIds: [caseId], texts })).toMatchObject({
      fault: { kind: "not_entitled", action: "tell" },
    });
    expect(await sendMerchantCopies(deps, deliver, { caseIds: [aCaseId(9)], texts })).toMatchObject(
      { fault: { kind: "case_unknown" } },
    );
    expect(given).toEqual([]);
  });
});
