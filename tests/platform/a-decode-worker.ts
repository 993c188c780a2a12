import { ok } from "../../src/domain/result.ts";
import { serve, type WorkerEnd } from "../../src/workers/call.ts";
import type { DecodeAnswer, DecodedCode, DecodeRequest } from "../../src/workers/decode.ts";

type Frame = Extract<DecodeRequest, { kind: "frame" }>;
export type Answering = (frame: Frame) => readonly DecodedCode[];

/** The second engine where none may be asked for. */
export const noSecond = (): WorkerEnd => {
  throw new Error("the second engine was started");
};

/** A worker in this thread that answers a moment later. */
export const aWorkerOf =
  (answer: (request: DecodeRequest) => DecodeAnswer, ms = 5) =>
  (): WorkerEnd => {
    const toPage: ((event: { data?: unknown }) => void)[] = [];
    const toWorker: ((event: { data?: unknown }) => void)[] = [];
    serve<DecodeRequest, DecodeAnswer>(
      {
        postMessage: (data) => toPage.forEach((heard) => heard({ data })),
        addEventListener: (_kind, heard) => toWorker.push(heard),
      },
      answer,
    );
    return {
      postMessage: (data) =>
        void setTimeout(() => toWorker.forEach((heard) => heard({ data })), ms),
      addEventListener: (kind, heard) => void (kind === "message" && toPage.push(heard)),
      terminate: () => undefined,
    };
  };

/** One for frames of a camera. */
export const aWorker = (answer: Answering, ms?: number) =>
  aWorkerOf((request) => {
    if (request.kind === "picture") throw new Error("a picture");
    return ok({ codes: answer(request) });
  }, ms);
/** One that never answers. */
export const hungWorker = (): WorkerEnd => ({
  ...aWorker(() => [])(),
  postMessage: () => undefined,
});
