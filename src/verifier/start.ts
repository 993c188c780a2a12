import { serve } from "../workers/call.ts";
import {
  verifyFile,
  type VerifyAnswer,
  type VerifyProgress,
  type VerifyRequest,
} from "../workers/verify.ts";
import { openPage } from "./page.ts";

const scope = {
  postMessage: (message: unknown, transfer: Transferable[]): void =>
    postMessage(message, { transfer }),
  addEventListener: (kind: "message", heard: (event: MessageEvent) => void): void =>
    addEventListener(kind, heard),
};

/** The one script of verify.html is its worker too, where there is no document. */
if (typeof document === "undefined")
  serve<VerifyRequest, VerifyAnswer, VerifyProgress>(scope, verifyFile);
else openPage();
