import type { Result } from "../domain/result.ts";
import type { Revocation } from "../ledger/tokens.ts";
import type { Roots } from "../ledger/trust-ring.ts";
import type { ToldReport } from "../ledger/verify-report.ts";
import { shopRoots } from "../storage/ring.ts";
import type { Deps } from "./deps.ts";

export type FileReport = ToldReport;

export type VerifyFileFault =
  | { readonly kind: "cancelled" }
  | { readonly kind: "aborted" }
  | { readonly kind: "worker_failed"; readonly message: string };

/** Verifies a file in a worker, with progress and cancel. */
export type VerifyFile = (
  file: Blob,
  trust: {
    readonly roots: Roots;
    readonly pins: readonly string[];
    readonly revoked?: readonly Revocation[];
  },
  job: {
    readonly onProgress: (progress: {
      readonly bytes: number;
      readonly of: number;
      readonly records: number;
    }) => void;
    readonly signal: AbortSignal;
  },
) => Promise<Result<FileReport, VerifyFileFault>>;

/** The roots this device trusts: its own shop's, pinned by having made it here; none before. */
export const trustedRoots = async (deps: Deps | undefined): Promise<Roots> =>
  deps === undefined ? new Map() : shopRoots(deps.journal.db);
