import { connect } from "../workers/call.ts";
import type { HelpRequest } from "../workers/verify-help.ts";
import type { VerifyAnswer, VerifyProgress, VerifyRequest } from "../workers/verify.ts";
import { startWorker } from "./workers.ts";

type Job = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: VerifyProgress) => void;
};

/** Smaller files are verified before a second worker has started. */
const worthHelp = 1_000_000;

const verifier = connect<VerifyRequest, VerifyAnswer, VerifyProgress>(startWorker("verify"));
const helper = connect<HelpRequest, never>(startWorker("verify"));

/** Two workers share the work; when the second one fails, the first begins again alone. */
const verifyWithHelp = async (request: VerifyRequest, { signal, onProgress }: Job) => {
  const { port1, port2 } = new MessageChannel();
  const shared = new AbortController();
  const end = (): void => shared.abort();
  if (signal.aborted) end();
  signal.addEventListener("abort", end);
  const help = helper.call({ helps: port2 }, { signal: shared.signal, transfer: [port2] });
  const verifying = verifier.call(
    { ...request, helper: port1 },
    { signal: shared.signal, transfer: [port1], onProgress },
  );
  const answer = await Promise.race([verifying, help]);
  end();
  signal.removeEventListener("abort", end);
  return answer.ok || answer.fault.kind === "aborted"
    ? answer
    : verifier.call(request, { signal, onProgress });
};

/** Verifies a file in workers, away from the page. */
export const verifyFile = async (
  file: Blob,
  trust: Omit<VerifyRequest, "file" | "helper">,
  job: Job,
) => {
  const isShared = file.size > worthHelp && navigator.hardwareConcurrency > 1;
  const answer = isShared
    ? await verifyWithHelp({ file, ...trust }, job)
    : await verifier.call({ file, ...trust }, job);
  return answer.ok ? answer.value : answer;
};
