import { serve } from "./call.ts";
import { answerSafetyCopy } from "./safety-copy-files.ts";
import type { SafetyCopyAnswer, SafetyCopyRequest } from "./safety-copy.ts";

declare const self: DedicatedWorkerGlobalScope;

const { storage }: { readonly storage?: StorageManager } = navigator;

serve<SafetyCopyRequest, SafetyCopyAnswer>(self, answerSafetyCopy(storage), (answered) =>
  answered.ok && answered.value instanceof Uint8Array ? [answered.value.buffer] : [],
);
