/** The codes a payer's bill or a payment slip may carry; EAN-8 and ITF misread too often. */
export type CodeFormat = "qr" | "code_128" | "ean_13";

/** `lines` scan lines of this picture agreed; a QR code proves itself and has 1. */
export type DecodedCode = {
  readonly format: CodeFormat;
  readonly text: string;
  readonly lines: number;
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

/** The bitmap is transferred to the worker, which closes it. */
export type DecodeRequest = { readonly bitmap: ImageBitmap; readonly options: DecodeOptions };
export type DecodeAnswer = { readonly codes: readonly DecodedCode[]; readonly ms: number };
