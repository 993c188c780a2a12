import { ok, type Result } from "../domain/result.ts";
import type { Revocation } from "../ledger/tokens.ts";
import type { Roots } from "../ledger/trust-ring.ts";
import type { ToldReport } from "../ledger/verify-report.ts";
import { verifyRefundlog } from "../ledger/verify.ts";
import type { ServeContext } from "./call.ts";
import { turn } from "./turn.ts";
import { verify } from "./web-verify.ts";

export type VerifyRequest = {
  readonly file: Blob;
  /** Shop roots that the person trusts, never taken from the file. */
  readonly roots: Roots;
  readonly pins: readonly string[];
  /** Keys that this device knows to be revoked. */
  readonly revoked?: readonly Revocation[];
};

export type VerifyProgress = {
  readonly bytes: number;
  readonly of: number;
  readonly records: number;
};

export type VerifyAnswer = Result<ToldReport, { readonly kind: "cancelled" }>;

/** A file piece by piece; browsers before 2024 cannot walk a stream with `for await`. */
export async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}

/** Verifies one file line by line; records are not kept, so memory stays bounded. */
export const verifyFile = async (
  { file, roots, pins, revoked = [] }: VerifyRequest,
  context: ServeContext<VerifyProgress>,
): Promise<VerifyAnswer> => {
  const report = await verifyRefundlog({
    source: piecesOf(file),
    verify,
    roots,
    pins,
    revoked,
    keepsRecords: false,
    onProgress: ({ bytes, records }) => context.progress({ bytes, of: file.size, records }),
    isCancelled: async () => {
      await turn(); // in which an abort is heard: a file is read and verified without one
      return context.signal.aborted;
    },
  });
  if (!report.ok) return report;
  const { chain: _, refunds: _refunds, balances: _balances, ...told } = report.value;
  return ok(told);
};
