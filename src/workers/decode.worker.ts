import { createPipeline } from "./decode-frame.ts";
import { besideNative, type NativeDetector } from "./native-reader.ts";
import { serveDecoding } from "./serve-decoding.ts";

declare const self: DedicatedWorkerGlobalScope & { readonly BarcodeDetector?: NativeDetector };

serveDecoding(self, besideNative(createPipeline().decode, self.BarcodeDetector));
