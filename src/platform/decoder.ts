import { fail, type Result } from "../domain/result.ts";
import { connect, type WorkerEnd } from "../workers/call.ts";
import type { DecodeAnswer, DecodeRequest, PictureFault, Seen } from "../workers/decode.ts";
import { pause, watchWith, type Look, type Watch } from "./watch-video.ts";

type PictureCodes = Result<Seen, PictureFault>;

export type Decoder = {
  readonly watch: Watch;
  /** Every code in a still picture; an empty list when there is none. */
  readonly decodePicture: (file: Blob) => Promise<PictureCodes>;
};

/** The second engine looks closer: what the first did not read may be small. */
const longestEdge = { first: 1600, second: 3200 };
const largestFile = 25 * 1024 * 1024;
/** Nobody waits longer for a second look at a picture. */
const secondLookMs = 10_000;

type Engine = {
  readonly look: Look;
  readonly readPicture: (file: Blob, edge: number) => Promise<PictureCodes>;
};

/** The worker starts with the first request and stops when idle. */
const engineIn = (start: () => WorkerEnd): Engine => {
  const { call } = connect<DecodeRequest, DecodeAnswer>(start);
  return {
    look: async (frame, edge, options) => {
      const request = { kind: "frame", frame, longestEdge: edge, options } as const;
      const answer = await call(request, { transfer: [frame] });
      return answer.ok && answer.value.ok ? answer.value.value : undefined;
    },
    readPicture: async (file, edge) => {
      const answer = await call({ kind: "picture", file, longestEdge: edge });
      return answer.ok ? answer.value : fail({ kind: "picture_unreadable" });
    },
  };
};

/** `startWorker("decode")` and `startWorker("secondEngine")`; the second is only started for what the first does not read. */
export const createDecoder = (
  startFirst: () => WorkerEnd,
  startSecond: () => WorkerEnd,
): Decoder => {
  const [first, second] = [engineIn(startFirst), engineIn(startSecond)];
  return {
    watch: watchWith({ first: first.look, second: second.look }),
    decodePicture: async (file) => {
      if (file.size > largestFile) return fail({ kind: "picture_too_large" });
      const seen = await first.readPicture(file, longestEdge.first);
      if (!seen.ok || seen.value.codes.length > 0) return seen;
      const more = second.readPicture(file, longestEdge.second);
      const known = await Promise.race([more, pause(secondLookMs).then(() => seen)]);
      return known.ok ? known : seen;
    },
  };
};
