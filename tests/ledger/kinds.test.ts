import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeBase64url } from "../../src/ledger/base64url.ts";
import { parseStrictBytes, type JsonObject } from "../../src/ledger/canonical.ts";
import { openDisclosures } from "../../src/ledger/disclosure.ts";
import { checkShape, type Parts } from "../../src/ledger/kinds/index.ts";
import { isRecordKind, recordKinds, type RecordKind } from "../../src/ledger/record.ts";

const file = "../shared/data/vectors/refundlog/example.refundlog";

type Example = { readonly kind: RecordKind; readonly parts: Parts & { payload: JsonObject } };

const readExample = (line: string): readonly Example[] => {
  const { t, j, d } = JSON.parse(line) as { t: string; j: string; d: string[] };
  if (t !== "rec") return [];
  const parsed = parseStrictBytes(decodeBase64url(j.split(".")[1] ?? "") ?? new Uint8Array());
  if (!parsed.ok) throw new Error("the example does not parse");
  const payload = parsed.value as JsonObject;
  const { det, ctx, cust } = openDisclosures(payload, d);
  if (!isRecordKind(payload["kind"])) throw new Error("unknown kind");
  return [{ kind: payload["kind"], parts: { payload, det, ctx, cust } }];
};

describe.skipIf(!existsSync(file))("shapes of example.refundlog (needs ../shared/data)", () => {
  const examples = existsSync(file)
    ? readFileSync(file, "utf8").split("\n").slice(0, -1).flatMap(readExample)
    : [];

  it("accepts all 89 records, with all 20 kinds among them", () => {
    expect(examples.length).toBe(89);
    expect(new Set(examples.map((example) => example.kind)).size).toBe(20);
    for (const { kind, parts } of examples)
      expect([kind, checkShape(kind, parts)]).toEqual([kind, []]);
  });
});
