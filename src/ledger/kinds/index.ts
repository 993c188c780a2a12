import * as v from "valibot";
import { fail, ok, type Result } from "../../domain/result.ts";
import { isPlainObject, type JsonObject } from "../canonical.ts";
import type { RecordKind } from "../record.ts";
import { ack } from "./ack.ts";
import { claim } from "./claim.ts";
import { close } from "./close.ts";
import { contact } from "./contact.ts";
import { decide } from "./decide.ts";
import { erase } from "./erase.ts";
import { exportKind } from "./export.ts";
import { gap } from "./gap.ts";
import { genesis } from "./genesis.ts";
import { goods } from "./goods.ts";
import { importKind } from "./import.ts";
import { money } from "./money.ts";
import { notice } from "./notice.ts";
import { payment } from "./payment.ts";
import { policy } from "./policy.ts";
import { refund } from "./refund.ts";
import { rotate } from "./rotate.ts";
import { ctx, cust, type Context, type Customer } from "./shapes.ts";
import { staff } from "./staff.ts";
import { wit } from "./wit.ts";
import { withdraw } from "./withdraw.ts";

/** Shape of one kind: its core, its `det`, and what both must agree on. */
type KindShape = {
  readonly core: v.GenericSchema;
  readonly det: v.GenericSchema;
  readonly across?: (core: JsonObject, det: JsonObject) => string | undefined;
};

/** The list of record kinds. */
const kinds = {
  genesis,
  payment,
  import: importKind,
  refund,
  decide,
  money,
  withdraw,
  goods,
  notice,
  contact,
  close,
  policy,
  staff,
  claim,
  export: exportKind,
  ack,
  wit,
  erase,
  rotate,
  gap,
} satisfies Record<RecordKind, KindShape>;

type Kinds = typeof kinds;

/** Core claims of a kind, the common ones included. */
export type Core<K extends RecordKind> = v.InferOutput<Kinds[K]["core"]>;
export type Det<K extends RecordKind> = v.InferOutput<Kinds[K]["det"]>;

/** The claims of one record of a known kind; undefined is withheld, erased or not there. */
export type ClaimsOf<K extends RecordKind> = {
  readonly kind: K;
  readonly core: Core<K>;
  readonly det: Det<K> | undefined;
  readonly ctx: Context | undefined;
  readonly cust: Customer | undefined;
};

export type Claims = { readonly [K in RecordKind]: ClaimsOf<K> }[RecordKind];

/** Payload and opened disclosures as they were read. */
export type Parts = {
  readonly payload: unknown;
  readonly det?: unknown;
  readonly ctx?: unknown;
  readonly cust?: unknown;
};

/** What is wrong about a shape; always E_SCHEMA. */
export type ShapeProblem = {
  readonly part: "payload" | "det" | "ctx" | "cust";
  readonly path: string;
  readonly message: string;
};

const problemsOf = (
  part: ShapeProblem["part"],
  schema: v.GenericSchema,
  value: unknown,
): readonly ShapeProblem[] =>
  (v.safeParse(schema, value).issues ?? []).map((issue) => ({
    part,
    path: v.getDotPath(issue) ?? "",
    message: issue.message,
  }));

/** Totals stand on refund and close, and nowhere else (refundlog.md §2). */
const totalsProblem = (kind: RecordKind, value: unknown): readonly ShapeProblem[] => {
  const has = isPlainObject(value) && value["tot"] !== undefined;
  const wanted = kind === "refund" || kind === "close";
  return has === wanted
    ? []
    : [{ part: "ctx", path: "tot", message: wanted ? "missing" : "not of this kind" }];
};

const acrossProblem = (shape: KindShape, { payload, det }: Parts): readonly ShapeProblem[] => {
  if (!isPlainObject(payload) || !isPlainObject(det)) return [];
  const message = shape.across?.(payload, det);
  return message === undefined ? [] : [{ part: "det", path: "", message }];
};

/** Everything that a record's shape lacks; empty when it is as refundlog.schema.json says and its prose narrows. */
export const checkShape = (kind: RecordKind, parts: Parts): readonly ShapeProblem[] => {
  const shape: KindShape = kinds[kind];
  return [
    ...problemsOf("payload", shape.core, parts.payload),
    ...(parts.det === undefined ? [] : problemsOf("det", shape.det, parts.det)),
    ...(parts.ctx === undefined ? [] : problemsOf("ctx", ctx, parts.ctx)),
    ...(parts.ctx === undefined ? [] : totalsProblem(kind, parts.ctx)),
    ...(parts.cust === undefined ? [] : problemsOf("cust", cust, parts.cust)),
    ...acrossProblem(shape, parts),
  ];
};

/** The same check, giving the claims their types. */
export const parseClaims = (
  kind: RecordKind,
  parts: Parts,
): Result<Claims, readonly ShapeProblem[]> => {
  const problems = checkShape(kind, parts);
  if (problems.length > 0) return fail(problems);
  const { payload, det, ctx: context, cust: customer } = parts;
  return ok({ kind, core: payload, det, ctx: context, cust: customer } as Claims);
};
