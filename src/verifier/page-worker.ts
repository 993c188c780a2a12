import { fail } from "../domain/result.ts";
import { connect } from "../workers/call.ts";
import {
  verifyFile,
  type VerifyAnswer,
  type VerifyProgress,
  type VerifyRequest,
} from "../workers/verify.ts";

/** The page has one script, which is the worker's too; as a module Chromium takes no blob of a page from a disk. */
const start = (): Worker => {
  const script = new Blob([document.scripts[0]?.text ?? ""], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(script));
};

const worker = connect<VerifyRequest, VerifyAnswer, VerifyProgress>(start);

type Job = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: VerifyProgress) => void;
};

/** Verifies a file beside the page; where a browser starts no worker here, in turns with it. */
export const verifyBeside = async (request: VerifyRequest, job: Job): Promise<VerifyAnswer> => {
  const answer = await worker.call(request, job);
  if (answer.ok) return answer.value;
  if (answer.fault.kind === "aborted") return fail({ kind: "cancelled" });
  return verifyFile(request, { signal: job.signal, progress: job.onProgress });
};
