import { connect } from "../workers/call.ts";
import type { VerifyAnswer, VerifyProgress, VerifyRequest } from "../workers/verify.ts";
import { startWorker } from "./workers.ts";

const verifier = connect<VerifyRequest, VerifyAnswer, VerifyProgress>(startWorker("verify"));

type Job = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: VerifyProgress) => void;
};

/** Verifies a file in a worker, away from the page. */
export const verifyFile = async (file: Blob, trust: Omit<VerifyRequest, "file">, job: Job) => {
  const answer = await verifier.call({ file, ...trust }, job);
  return answer.ok ? answer.value : answer;
};
