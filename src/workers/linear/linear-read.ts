/** A text read from the runs of a line, and the runs that it takes, quiet zones left out. */
export type LinearRead = { readonly text: string; readonly first: number; readonly last: number };
