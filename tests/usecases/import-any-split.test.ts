import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, it } from "vitest";

import { findInStatements, recentStatementRows } from "../../src/storage/find-in-statements.ts";
import { knownRowKeys } from "../../src/storage/statement-index.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { importStatement, type ReadStatementFile } from "../../src/usecases/import-statement.ts";
import { digestsHere } from "../../src/workers/digests.ts";
import { importStatement as readInWorker } from "../../src/workers/statement.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { runs, seed } from "../support/deep.ts";
import { compareHere } from "../support/compare-here.ts";
import { aShop } from "../support/deps.ts";
import { newListener } from "../workers/handed-over.ts";

const text = readFileSync("tests/fixtures/statements/wechat_trade_ALL_60.csv", "utf8");
const [header = "", ...under] = text.split("\r\n");
const lines = under.slice(0, 60);

/** The real reader, without its thread. */
const read: ReadStatementFile = async (chosen, options) => {
  const listener = newListener(options.signal);
  const answer = await readInWorker(
    { file: chosen, ...options },
    listener,
    digestsHere(listener.signal),
  );
  for (const told of listener.told) if (told.kind !== "read") await options.onPart(told);
  return answer;
};

const bring = (deps: Deps, chosen: readonly string[]) =>
  importStatement(deps, {
    file: new File([[header, ...chosen, ""].join("\r\n")], "part.csv"),
    read,
    compare: compareHere,
    allowMissingSummary: true,
    onProgress: () => undefined,
    confirm: async () => true,
    signal: new AbortController().signal,
  });

/** What the statements say, without the place of a row in its file and the record of its import. */
const saysOf = async ({ journal: { db } }: Deps) => {
  const rows = await recentStatementRows(db, { limit: 1000 });
  const [first] = rows;
  return {
    keys: await knownRowKeys(db),
    rows: rows.map(({ row }) => Object.assign({}, row, { line: 0 })),
    found: (await findInStatements(db, first?.row.transactionId ?? "")).length,
  };
};

const whole = async () => {
  const { deps } = await aShop();
  valueOf(await bring(deps, lines));
  return { deps, says: await saysOf(deps) };
};

it("F52 the same file again is refused, the same rows in another bring nothing", async () => {
  const { deps, says } = await whole();
  expect(says.rows).toHaveLength(60);
  expect(faultOf(await bring(deps, lines)).kind).toBe("already_imported");
  const again = await bring(deps, lines.toReversed());
  expect(valueOf(again)).toMatchObject({ newRows: 0, knownRows: 60 });
  expect(await saysOf(deps)).toEqual(says);
});

it("F52 M12 any split, order and overlap of files leaves the same rows, found the same", async () => {
  const { says } = await whole();
  const part = fc.uniqueArray(fc.nat(59), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 4 }), part, async (some, rest) => {
      const { deps } = await aShop();
      const left = lines.filter((_, at) => !rest.includes(at));
      const parts = [
        ...some.map((places) => places.flatMap((at) => lines[at] ?? [])),
        left,
        rest.map((at) => lines[at] ?? ""),
      ];
      for (const one of parts) if (one.length > 0) await bring(deps, one);
      expect(await saysOf(deps)).toEqual(says);
    }),
    { numRuns: runs(4, 200), seed },
  );
}, 600_000);
