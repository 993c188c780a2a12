/**
 * `npm run bench:scan [-- --images DIR] [--set TEXT] [--engine NAME,NAME] [--turn 0,90,180,270] [--list]`: the product's
 * scanner beside other decoders on the same pixels, every picture a still scene of six frames. `--set` takes only the sets
 * whose name has that text, `--list` names the pictures that an engine missed or misread.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";

import { both, createEngines, own, type Engine } from "./engines.ts";
import { findSets, loadFrame, othersOf, type ImageSet } from "./images.ts";
import { judge } from "./judge.ts";
import { count, newTally, quantile, writeTable, type Tally } from "./tally.ts";

const { values } = parseArgs({
  options: {
    images: { type: "string", default: "../shared/data/decode" },
    set: { type: "string", default: "" },
    engine: { type: "string" },
    turn: { type: "string", default: "0" },
    list: { type: "boolean", default: false },
  },
});

const say = (text: string): void => void process.stdout.write(text);

const rows = new Map<string, Map<string, Tally>>();

const tallyOf = (row: string, engine: string): Tally => {
  const tallies = rows.get(row) ?? new Map<string, Tally>();
  const tally = tallies.get(engine) ?? newTally();
  rows.set(row, tallies.set(engine, tally));
  return tally;
};

/** A row for the set, and one for all sets of its collection and format. */
const rowsOf = ({ set, group, format }: ImageSet): readonly string[] => [
  set,
  `**${group} ${format ?? "without a code"}**`,
];

const turns = values.turn.split(",").map(Number);

const runSet = async (folder: string, set: ImageSet, engines: readonly Engine[]): Promise<void> => {
  const able = engines.filter(({ qrOnly }) => !qrOnly || (set.format ?? "QRCode") === "QRCode");
  for (const image of set.images)
    for (const turn of turns) {
      const { file, expected } = image;
      const frame = await loadFrame(join(folder, set.set, file), turn);
      for (const { name, read } of able) {
        const reading = await read(frame);
        const verdict = judge(reading.texts, expected, othersOf(set, image));
        for (const row of rowsOf(set)) count(tallyOf(row, name), verdict, reading);
        const miss = verdict.wrong > 0 || (set.kind === "positive" && !verdict.right);
        if (miss && values.list)
          say(`${name}: ${set.set}/${file} at ${turn}° read ${JSON.stringify(reading.texts)}\n`);
      }
    }
};

/** The first looks compile and warm up; they are not counted. */
const warmUp = async (folder: string, set: ImageSet, engines: readonly Engine[]): Promise<void> => {
  for (const { file } of set.images.slice(0, 4)) {
    const frame = await loadFrame(join(folder, set.set, file), 0);
    for (const { read } of engines) await read(frame);
  }
};

const times = (sets: readonly ImageSet[], engine: string): readonly number[] =>
  sets.flatMap(({ set }) => rows.get(set)?.get(engine)?.times ?? []);

/** What a frame without a code costs, as a share of what zxing-wasm needs for it. */
const tellCost = (sets: readonly ImageSet[], engines: readonly Engine[]): void => {
  const empty = sets.filter(({ group }) => group === "nocode");
  const base = times(empty, "zxing-wasm");
  if (base.length === 0) return;
  say("\nA frame without any code, relative to zxing-wasm (median, 95 %):\n");
  for (const { name } of engines) {
    const [half, most] = [0.5, 0.95].map((share) =>
      (quantile(times(empty, name), share) / quantile(base, share)).toFixed(2),
    );
    say(`- ${name}: ${half} ×, ${most} ×\n`);
  }
};

/** Of what both engines read, how much the first does not read alone. */
const tellShare = (): void => {
  say("\nThe second engine's share of the reads:\n");
  for (const [row, tallies] of rows) {
    const [alone, together] = [own, both].map((name) => tallies.get(name)?.right ?? 0);
    if (alone === undefined || together === undefined || together === alone) continue;
    const added = together - alone;
    say(`- ${row}: ${added} of ${together} (${Math.round((100 * added) / together)} %)\n`);
  }
};

const run = async (): Promise<void> => {
  const sets = findSets(values.images).filter(({ set }) => set.includes(values.set));
  const [first] = sets;
  if (first === undefined) return say(`bench:scan skipped: no picture sets in ${values.images}\n`);
  const wanted = values.engine?.split(",");
  const engines = (await createEngines()).filter(({ name }) => wanted?.includes(name) ?? true);
  await warmUp(values.images, first, engines);
  for (const set of sets) await runSet(values.images, set, engines);
  const names = engines.map(({ name }) => name);
  const sorted = new Map([...rows].sort(([one], [other]) => one.localeCompare(other)));
  say("Right reads (wrong reads) · milliseconds of one look, median / 95 %\n\n");
  say(writeTable(sorted, names));
  tellCost(sets, engines);
  if (names.includes(own) && names.includes(both)) tellShare();
};

await run();
