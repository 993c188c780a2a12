import * as v from "valibot";

import type { DeviceId, Hash } from "./ids.ts";
import type { JsonObject } from "./journal-event.ts";
import type { StatementRow } from "./statements/statement-row.ts";

/** Wrapped keys and certificates; never this device's private key, which cannot be read, nor what was only noted. */
export const isKeptInBackup = (envelope: string): boolean =>
  envelope === "root" ||
  envelope === "enrolment" ||
  envelope.startsWith("pin:") ||
  envelope.startsWith("ring:");

const text = v.string();
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const hash = v.pipe(text, v.regex(/^[\w-]{43}$/));
const kid = v.pipe(
  hash,
  v.transform((one) => one as DeviceId),
);

const odd = v.object({
  suspects: v.array(
    v.object({
      factor: v.picklist(["x10", "x100", "pin", "dup", "outlier"]),
      likelyMinor: v.exactOptional(whole),
      row: v.custom<StatementRow>((value) => typeof value === "object" && value !== null),
    }),
  ),
  usual: v.record(text, v.array(whole)),
});

const line = v.variant("t", [
  v.object({
    t: v.literal("env"),
    name: v.pipe(text, v.check(isKeptInBackup)),
    content: v.custom<JsonObject>((value) => typeof value === "object" && value !== null),
  }),
  v.object({
    t: v.literal("tok"),
    hash: text,
    kind: v.picklist(["ack", "wit", "cp", "status", "slip"]),
    device: text,
    seq: whole,
    head: v.exactOptional(text),
    token: text,
  }),
  v.object({ t: v.literal("att"), b: text }),
  v.object({
    t: v.literal("stm"),
    importId: text,
    name: text,
    acquirer: v.exactOptional(text),
    digest: v.exactOptional(
      v.pipe(
        text,
        v.transform((one) => one as Hash),
      ),
    ),
    record: v.object({
      device: v.pipe(
        text,
        v.transform((one) => one as DeviceId),
      ),
      seq: whole,
    }),
    odd: v.exactOptional(odd),
  }),
  v.object({
    /** `blk` before data version 7: an app that knows no other must not take rows that it cannot read. */
    t: v.picklist(["rows", "blk"]),
    importId: text,
    index: whole,
    b: text,
    ends: v.exactOptional(v.array(whole)),
  }),
]);

/** One line of a backup that is no record; bytes are base64url. */
export type BackupLine = v.InferOutput<typeof line>;

const title = v.object({
  t: v.literal("backup"),
  v: v.literal(1),
  app: text,
  at: whole,
  device: kid,
  label: text,
  shop: v.object({ name: text, currency: text, zone: text }),
  heads: v.pipe(
    v.array(
      v.object({
        device: kid,
        seq: whole,
        hash: v.pipe(
          hash,
          v.transform((one) => one as Hash),
        ),
      }),
    ),
    v.minLength(1),
  ),
});

/** The first line inside a backup: whose it is, and how far each chain in it goes. */
export type BackupTitle = v.InferOutput<typeof title>;

const end = v.object({ t: v.literal("end"), n: whole, sha256: hash });

/** The last line: how many stand between it and the first, and the SHA-256 of all before it. */
export type BackupEnd = v.InferOutput<typeof end>;

const parseJson = (written: string): unknown => {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
};

const parse = <Shape extends typeof line | typeof title | typeof end>(
  shape: Shape,
  written: string | undefined,
): v.InferOutput<Shape> | undefined => {
  const read = written === undefined ? undefined : v.safeParse(shape, parseJson(written));
  return read?.success === true ? read.output : undefined;
};

/** Each undefined for what is of no form that this version knows. */
export const parseBackupLine = (written: string): BackupLine | undefined => parse(line, written);
export const parseBackupTitle = (written: string | undefined): BackupTitle | undefined =>
  parse(title, written);
export const parseBackupEnd = (written: string | undefined): BackupEnd | undefined =>
  parse(end, written);
