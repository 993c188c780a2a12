import { cpus, loadavg } from "node:os";

import { median } from "./clock.ts";

/** A table of what was measured, with the machine and what else it was doing. */
export const newTable = () => {
  const rows: (readonly [what: string, figure: string])[] = [];
  return {
    row: (what: string, figure: string): void => void rows.push([what, figure]),
    note: (what: string, values: readonly number[]): void => {
      const figure = `${Math.round(median(values))} ms`;
      rows.push([values.length > 1 ? `${what} (median of ${values.length})` : what, figure]);
    },
    print: (): void => {
      const width = Math.max(...rows.map(([what]) => what.length));
      const lines = rows.map(([what, figure]) => `${what.padEnd(width)}  ${figure}`);
      const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, load ${loadavg()[0]?.toFixed(1) ?? "?"}`;
      process.stdout.write(`\n${lines.join("\n")}\n${machine}\n\n`);
    },
  };
};
