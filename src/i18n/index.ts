import type { Message } from "./area.ts";
import type { zhCn } from "./zh-cn.ts";

/** Every key that can be shown. */
export type MessageKey = keyof typeof zhCn;

/** A dictionary; each is loaded on demand. */
export type Messages = { readonly [Key in MessageKey]: Message };

/** What may stand in a placeholder; format money, times and counts first (`format.ts`). */
export type Values = Readonly<Record<string, string | number>>;

type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The placeholders of a message as arguments: none where it has none. */
export type Arguments<Key extends MessageKey> = [Placeholder<(typeof zhCn)[Key]>] extends [never]
  ? []
  : [values: { readonly [Name in Placeholder<(typeof zhCn)[Key]>]: string | number }];

/** Looks a message up and fills it; the compiler asks for the placeholders of the key. */
export type Translate = <Key extends MessageKey>(key: Key, ...values: Arguments<Key>) => string;

export type LanguageTag = "zh-CN" | "en";

type Language = {
  readonly tag: LanguageTag;
  readonly name: string;
  readonly load: () => Promise<Messages>;
};

/** The languages of the app, each under its own name; a new one is one line. */
export const languages: readonly Language[] = [
  { tag: "zh-CN", name: "简体中文", load: async () => (await import("./zh-cn.ts")).zhCn },
  { tag: "en", name: "English", load: async () => (await import("./en.ts")).en },
];

export const findLanguage = (tag: string): LanguageTag | undefined =>
  languages.find((language) => language.tag.slice(0, 2) === tag.slice(0, 2).toLowerCase())?.tag;

/** The words of a language; where they cannot be loaded those of another one, before there are none at all. */
export const loadMessages = async (tag: LanguageTag): Promise<Messages> => {
  const inOrder = [
    ...languages.filter((language) => language.tag === tag),
    ...languages.filter((language) => language.tag !== tag),
  ];
  const [first, second] = inOrder;
  if (first === undefined || second === undefined) throw new Error("there are two languages");
  return first.load().catch(() => second.load());
};

const formOf = (message: Message, count: string | number | undefined): string => {
  if (typeof message === "string") return message;
  return Number(count) === 1 ? message.one : message.other;
};

/** Fills `{name}` places; a value that is missing stays visible as `{name}`. */
export const fill = (message: Message, values: Values): string =>
  formOf(message, values["n"]).replace(/\{(\w+)\}/g, (place, name: string) =>
    String(values[name] ?? place),
  );

/** The lookup for one dictionary. */
export const translator =
  (messages: Messages): Translate =>
  (key, ...values) =>
    fill(messages[key], values[0] ?? {});
