/** One message: plain text, or one form per plural where a language needs it (chosen by `{n}`). */
export type Message = string | { readonly one: string; readonly other: string };

/** What another language must offer for an area of the Chinese dictionary: the same keys. */
export type Area<Zh> = { readonly [Key in keyof Zh]: Message };
