declare const brand: unique symbol;

/** A type that only its own parser or maker can produce: `Brand<string, "CaseId">`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
