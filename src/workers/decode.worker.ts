import { createPipeline } from "./decode-frame.ts";
import { serveDecoding } from "./serve-decoding.ts";

declare const self: DedicatedWorkerGlobalScope;

serveDecoding(self, createPipeline().decode);
