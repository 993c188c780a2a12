import { ok } from "../domain/result.ts";
import { serve, type ScopeEnd } from "./call.ts";
import type { DecodeAnswer, DecodedCode, DecodeOptions, DecodeRequest, Frame } from "./decode.ts";
import { createPixelReader, preview } from "./frame-pixels.ts";
import { isBlack } from "./grey-image.ts";
import { openPicture } from "./open-picture.ts";

type Decode = (
  frame: Frame,
  options: DecodeOptions,
) => readonly DecodedCode[] | Promise<readonly DecodedCode[]>;

/** The worker's side of an engine: frames of a camera and whole pictures. */
export const serveDecoding = (scope: ScopeEnd, decode: Decode): void => {
  const pixelsOf = createPixelReader();
  const answer = async (request: DecodeRequest): Promise<DecodeAnswer> => {
    if (request.kind === "frame") {
      const frame = pixelsOf(request.frame, request.longestEdge);
      return ok({ codes: await decode(frame, request.options), dark: isBlack(frame) });
    }
    const opened = await openPicture(request.file, request.longestEdge);
    if (!opened.ok) return opened;
    const frame = pixelsOf(opened.value, request.longestEdge);
    const codes = await decode(frame, { kind: "still" });
    return ok(codes.length > 1 ? { codes, picture: await preview(frame) } : { codes });
  };
  serve<DecodeRequest, DecodeAnswer>(scope, answer, (made) =>
    made.ok && made.value.picture !== undefined ? [made.value.picture] : [],
  );
};
