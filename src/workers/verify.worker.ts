import { serve } from "./call.ts";
import {
  verifyFile,
  type VerifyAnswer,
  type VerifyProgress,
  type VerifyRequest,
} from "./verify.ts";

declare const self: DedicatedWorkerGlobalScope;

serve<VerifyRequest, VerifyAnswer, VerifyProgress>(self, verifyFile);
