import { serve } from "./call.ts";
import { giveHelp, type HelpRequest } from "./verify-help.ts";
import {
  verifyFile,
  type VerifyAnswer,
  type VerifyProgress,
  type VerifyRequest,
} from "./verify.ts";

declare const self: DedicatedWorkerGlobalScope;

serve<VerifyRequest | HelpRequest, VerifyAnswer, VerifyProgress>(self, (request, context) =>
  "helps" in request ? giveHelp(request.helps, context.signal) : verifyFile(request, context),
);
