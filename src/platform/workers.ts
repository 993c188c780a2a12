import compare from "../workers/compare.worker.ts?worker&url";
import decode from "../workers/decode.worker.ts?worker&url";
import digest from "../workers/digest.worker.ts?worker&url";
import photo from "../workers/photo.worker.ts?worker&url";
import safetyCopy from "../workers/safety-copy.worker.ts?worker&url";
import secondEngine from "../workers/second-engine.worker.ts?worker&url";
import statement from "../workers/statement.worker.ts?worker&url";
import verify from "../workers/verify.worker.ts?worker&url";
import { scriptUrl } from "./script-url.ts";

const addresses = { compare, decode, digest, photo, safetyCopy, secondEngine, statement, verify };

export type WorkerName = keyof typeof addresses;

/** `connect(startWorker("decode"))`: the worker itself starts with the first call. */
export const startWorker = (name: WorkerName) => (): Worker =>
  // A TrustedScriptURL is what the constructor wants; the DOM types still say string.
  new Worker(scriptUrl(addresses[name]) as string, { type: "module" });
