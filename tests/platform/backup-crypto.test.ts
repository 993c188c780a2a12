import { beforeAll, describe, expect, it } from "vitest";

import { chunkBytes } from "../../src/domain/backup-file.ts";
import { backupCrypto } from "../../src/platform/backup-crypto.ts";
import { faultOf, valueOf } from "../support/a.ts";

const code = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01";
let key: Awaited<ReturnType<typeof backupCrypto.newKey>>;

beforeAll(async () => {
  key = await backupCrypto.newKey(code);
});

async function* linesOf(...lines: readonly string[]) {
  yield* lines;
}

const sealed = (...lines: readonly string[]) => backupCrypto.seal(key, linesOf(...lines));

const opened = (
  bytes: Uint8Array<ArrayBuffer>,
  by: Parameters<typeof backupCrypto.open>[1] = { key },
) => backupCrypto.open(new Blob([bytes]), by);

const together = (...parts: readonly Uint8Array<ArrayBuffer>[]) => new Blob([...parts]).bytes();
const text = (content: string) => opened(new TextEncoder().encode(content));

describe("a sealed backup", () => {
  it("opens with its recovery code as it is typed, and with the key of the device", async () => {
    const bytes = await sealed("一", "two", "");
    expect(valueOf(await opened(bytes))).toEqual(["一", "two", ""]);
    const typed = { recoveryCode: "abcd efgh jkmn pqrs tvwx yzoi" };
    expect(valueOf(await opened(bytes, typed))).toEqual(["一", "two", ""]);
    const wrong = { recoveryCode: "ABCD-EFGH-JKMN-PQRS-TVWX-YZ02" };
    expect(faultOf(await opened(bytes, wrong))).toEqual({ kind: "backup_wrong_code" });
  });

  it("holds nothing readable, and is another file every time", async () => {
    const [one, other] = [await sealed("小林饰品摊"), await sealed("小林饰品摊")];
    expect(new TextDecoder().decode(one)).not.toContain("小林");
    expect(one).not.toEqual(other);
  });

  it("F88 is refused with any one byte changed, at every place", async () => {
    const bytes = await sealed("record 1", "record 2");
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect((await opened(changed)).ok, `byte ${at}`).toBe(false);
    }
  }, 60_000);

  it("F88 is refused cut anywhere, and with anything behind it", async () => {
    const bytes = await sealed("record 1", "record 2");
    for (let end = 0; end < bytes.length; end++)
      expect((await opened(bytes.slice(0, end))).ok, `${end} bytes`).toBe(false);
    expect((await opened(new Uint8Array([...bytes, 0]))).ok).toBe(false);
  }, 60_000);

  it("F88 is refused with whole chunks cut off, exchanged or twice", async () => {
    const noise = Array.from({ length: 60 }, () =>
      Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString("base64"),
    );
    const bytes = await sealed(...noise);
    const head = bytes.indexOf(10) + 1;
    const room = chunkBytes + 16;
    const chunk = (index: number) => bytes.slice(head + index * room, head + (index + 1) * room);
    expect(bytes.length).toBeGreaterThan(head + 3 * room);
    const first = bytes.slice(0, head);
    const rest = bytes.slice(head + 2 * room);
    expect(valueOf(await opened(await together(first, chunk(0), chunk(1), rest)))).toEqual(noise);
    for (const wrong of [
      [first, chunk(0), chunk(1)],
      [first, chunk(1), chunk(0), rest],
      [first, chunk(0), chunk(0), rest],
      [first, chunk(1), rest],
    ])
      expect(faultOf(await opened(await together(...wrong)))).toEqual({
        kind: "backup_wrong_code",
      });
  }, 60_000);

  it("says of other files that they are none, and of a newer version that it is newer", async () => {
    expect(faultOf(await text("{}\nxx"))).toEqual({ kind: "backup_not_ours" });
    expect(faultOf(await text(""))).toEqual({ kind: "backup_not_ours" });
    expect(faultOf(await text('{"format":"refund-desk-backup","v":2}\n'))).toEqual({
      kind: "backup_newer",
    });
    const weak = JSON.stringify({ ...JSON.parse(await headerOf()), iterations: 1000 });
    expect(faultOf(await text(`${weak}\n`))).toEqual({ kind: "backup_not_ours" });
  });
});

const headerOf = async (): Promise<string> => {
  const bytes = await sealed("x");
  return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(10)));
};
