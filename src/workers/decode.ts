import type { Result } from "../domain/result.ts";

export type LinearFormat = "code_128" | "ean_13" | "ean_8" | "itf";

/** The codes a payer's bill, a payment slip or goods may carry; a UPC-A is an EAN-13 that begins with 0. */
export type CodeFormat = "qr" | "data_matrix" | LinearFormat;

/** A place in the frame: 0 is its left or upper rim, 1 its right or lower one. */
export type Corner = { readonly x: number; readonly y: number };

/**
 * `lines` scan lines of this picture agreed; a QR code or a Data Matrix proves itself and has 1. The corners stand around the code, from
 * the upper left one clockwise as it is read.
 */
export type DecodedCode = {
  readonly format: CodeFormat;
  readonly text: string;
  readonly lines: number;
  readonly corners: readonly Corner[];
};

/** RGBA, as ImageData; the pipeline needs no more, so that it also runs in tests and benches. */
export type Frame = {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
};

/**
 * A live frame gets the passes of its turn in the schedule, a still picture gets all of them. A film is one large QR code
 * after another on a screen: nothing else is looked for, and each is looked for until it is found.
 */
export type DecodeOptions =
  | { readonly kind: "live"; readonly attempt: number }
  | { readonly kind: "film"; readonly attempt: number }
  | { readonly kind: "still" };

export type Pipeline = {
  readonly decode: (frame: Frame, options: DecodeOptions) => readonly DecodedCode[];
};

export type PictureFault = { readonly kind: "picture_unreadable" | "picture_too_large" };

/** A picture of a video; the worker that gets it closes it. */
export type VideoPicture = ImageBitmap | VideoFrame;

/** What is larger than `longestEdge` is made smaller. A picture is opened by the worker, so that the page never waits for it. */
export type DecodeRequest = { readonly longestEdge: number } & (
  | { readonly kind: "frame"; readonly frame: VideoPicture; readonly options: DecodeOptions }
  | { readonly kind: "picture"; readonly file: Blob }
);

export type Seen = {
  readonly codes: readonly DecodedCode[];
  /** The camera delivers nothing but black. */
  readonly dark?: boolean;
  /** What was seen, small, where it shows several codes to choose from. */
  readonly picture?: ImageBitmap;
};

export type DecodeAnswer = Result<Seen, PictureFault>;
