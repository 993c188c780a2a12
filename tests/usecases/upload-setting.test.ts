import Dexie from "dexie";
import { beforeEach, describe, expect, it } from "vitest";

import { parseTypedTarget } from "../../src/domain/upload-target.ts";
import { findPolicy } from "../../src/storage/queries.ts";
import { findTarget, listUploads, saveTarget } from "../../src/storage/upload-box.ts";
import { changeSetting, currentSetting } from "../../src/usecases/change-setting.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { exportRescue } from "../../src/usecases/export-rescue.ts";
import { queueUpload } from "../../src/usecases/queue-upload.ts";
import { hurryUploads, nextUploadAt, sendUploads } from "../../src/usecases/send-uploads.ts";
import { readUploads, setUploadTarget, stopUploads } from "../../src/usecases/upload-setting.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { aFakeServer } from "../support/fake-upload-server.ts";
import { checkFile, quiet } from "../support/money-steps.ts";
import { as, join } from "../support/people.ts";
import { aPackage, aTypedTarget, queuePackage, stateOf, turnOn } from "../support/uploads.ts";

const secret = "correct horse battery staple";

let deps: Deps;
const { asked, send } = aFakeServer();

/** The databases of this browser. */
const browser = (): typeof indexedDB => Dexie.dependencies.indexedDB;

const round = (): Promise<void> => sendUploads(deps, send);

beforeEach(async () => {
  ({ deps } = await aShop());
});

describe("without an address", () => {
  it("F96 nothing is kept, nothing is asked, and no database is made", async () => {
    valueOf(await queueUpload(deps, aPackage()));
    await round();
    await hurryUploads(deps);
    expect(await nextUploadAt(deps)).toBeUndefined();
    expect(await readUploads(deps)).toEqual({ target: undefined, entries: [] });
    expect(asked).toEqual([]);
    const names = (await browser().databases()).map(({ name }) => name);
    expect(names).toEqual(["refund-desk"]);
  });

  it("F96 practice never sends, whatever is asked for", async () => {
    const { deps: practice } = await aShop({ training: true });
    const refused = await setUploadTarget(practice, aTypedTarget());
    expect(faultOf(refused)).toEqual({ kind: "upload_in_practice" });
    expect(faultOf(await stopUploads(practice))).toEqual({ kind: "upload_in_practice" });
    valueOf(await changeSetting(practice, { uploadOrigin: "https://dav.example.com" }));
    const { db } = practice.journal;
    await saveTarget(db, valueOf(parseTypedTarget(aTypedTarget(), undefined))); // as if it had been let through
    valueOf(await queueUpload(practice, aPackage()));
    expect(await listUploads(db)).toEqual([]);
    await sendUploads(practice, send);
    expect(await nextUploadAt(practice)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe("the owner's address", () => {
  it("F66 is the owner's to set and to take away", async () => {
    const lead = await as(deps, (await join(deps, { role: "lead" })).staff);
    const refused = { kind: "not_entitled", action: "manage_policy" };
    expect(faultOf(await setUploadTarget(lead, aTypedTarget()))).toEqual(refused);
    await turnOn(deps);
    expect(faultOf(await stopUploads(lead))).toEqual(refused);
    const nobody = { ...deps, staff: () => undefined };
    expect(faultOf(await setUploadTarget(nobody, aTypedTarget()))).toEqual({ kind: "locked" });
  });

  it("is signed as scheme, host and port; the journal never holds the rest", async () => {
    await turnOn(deps, {
      address: "https://dav.example.com/hidden-folder/{name}?token=hidden-token",
      proof: "password",
      secretName: "me",
      secretValue: secret,
    });
    const setting = await findPolicy(deps.journal.db, "setting");
    expect(setting?.document["uploadOrigin"]).toBe("https://dav.example.com");
    expect((await currentSetting(deps)).uploadOrigin).toBe("https://dav.example.com");
    expect(await checkFile(deps)).toEqual([]);
    const hidden = [secret, btoa(`me:${secret}`), "hidden-folder", "hidden-token"];
    const file = valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet })).file;
    const exported = new TextDecoder().decode(file.bytes);
    for (const text of hidden) {
      expect(exported).not.toContain(text);
      expect(exported).not.toContain(btoa(text).replace(/.=*$/, ""));
    }
  });

  it("F60 the rescue of everything holds neither address nor secret", async () => {
    await turnOn(deps, { proof: "header", secretName: "X-Key", secretValue: secret });
    await queuePackage(deps);
    const { safetyCopy } = deps.journal;
    const rescued = await exportRescue({
      ...deps,
      indexedDB: browser(),
      databaseName: "refund-desk",
      safetyCopy,
    });
    const text = new TextDecoder().decode(rescued.file.bytes);
    expect(text.length).toBeGreaterThan(1000);
    expect(text).not.toContain(secret);
    expect(text).not.toContain("/refunds/{name}");
  });

  it("is shown without its secret", async () => {
    await turnOn(deps, { proof: "password", secretName: "me", secretValue: secret });
    const shown = await readUploads(deps);
    expect(shown.target?.secretName).toBe("Authorization");
    expect(JSON.stringify(shown)).not.toContain(btoa(`me:${secret}`));
  });

  it("counts only while the signed setting names it", async () => {
    await turnOn(deps);
    const id = await queuePackage(deps);
    valueOf(await changeSetting(deps, { uploadOrigin: "https://other.example" }));
    await round();
    expect(asked).toEqual([]);
    expect(await nextUploadAt(deps)).toBeUndefined();
    valueOf(await changeSetting(deps, { uploadOrigin: "https://dav.example.com" }));
    await round();
    expect(await stateOf(deps, id)).toMatchObject({ state: "sent" });
  });

  it("is forgotten with its secret and its queue when the owner turns it off", async () => {
    await turnOn(deps, { proof: "password", secretName: "me", secretValue: secret });
    await queuePackage(deps);
    valueOf(await stopUploads(deps));
    expect(await findTarget(deps.journal.db)).toBeUndefined();
    valueOf(await changeSetting(deps, { uploadOrigin: "https://dav.example.com" }));
    await round();
    expect(asked).toEqual([]);
    await turnOn(deps);
    expect((await readUploads(deps)).entries).toEqual([]);
  });

  it("does not go when the shop's other settings change", async () => {
    await turnOn(deps);
    valueOf(await changeSetting(deps, { phone: "138 0013 8000" }));
    expect((await currentSetting(deps)).uploadOrigin).toBe("https://dav.example.com");
  });
});
