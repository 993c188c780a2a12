/**
 * Every page: its name, its hash path, the optional arguments after `?`, its id in screens.md (`data-screen`)
 * and the tab it belongs to. Data only, so that anyone may import it.
 */
export const routes = {
  scan: { path: "scan", query: [], screen: "T1", tab: "scan" },
  type: { path: "type", query: ["c"], screen: "T1b", tab: "scan" },
  find: { path: "find", query: [], screen: "T1e", tab: "scan" },
  new_payment: { path: "payment/new", query: ["c"], screen: "T1f", tab: "scan" },
  new_refund: { path: "r/new", query: ["c", "p", "u", "o"], screen: "R1", tab: "scan" },
  refund: { path: "r/:id", query: [], screen: "D1", tab: "records" },
  approval: { path: "approval/:id", query: [], screen: "R4", tab: "records" },
  approve_phone: { path: "approval/:id/phone", query: ["c"], screen: "R4a", tab: "records" },
  answer_approval: { path: "approve", query: ["c"], screen: "R4b", tab: "scan" },
  refusal: { path: "refusal/:ref", query: [], screen: "R7", tab: "records" },
  goods: { path: "goods/:id", query: [], screen: "R9", tab: "records" },
  terminal: { path: "terminal/:id", query: [], screen: "R10", tab: "scan" },
  recorded: { path: "recorded/:id", query: [], screen: "R5", tab: "scan" },
  receipt: { path: "receipt/:id", query: [], screen: "D2", tab: "records" },
  form: { path: "form/:id", query: [], screen: "D4", tab: "records" },
  dispute: { path: "dispute/:id", query: [], screen: "D9", tab: "records" },
  show: { path: "show/:id", query: [], screen: "D3", tab: "records" },
  result: { path: "result/:id", query: [], screen: "D8", tab: "records" },
  support: { path: "support/:id", query: [], screen: "D6", tab: "records" },
  records: { path: "records", query: ["f"], screen: "T2", tab: "records" },
  todo: { path: "todo", query: [], screen: "T2a", tab: "records" },
  outbox: { path: "outbox", query: [], screen: "E6", tab: "records" },
  overpaid: { path: "overpaid", query: ["t"], screen: "U1", tab: "records" },
  claim: { path: "overpaid/:id", query: [], screen: "U2", tab: "records" },
  claim_paper: { path: "overpaid/:id/:kind", query: [], screen: "U1a", tab: "records" },
  recon: { path: "recon", query: [], screen: "T3", tab: "recon" },
  import_statement: { path: "recon/import", query: [], screen: "C1", tab: "recon" },
  merge: { path: "recon/merge", query: [], screen: "C5", tab: "recon" },
  ack: { path: "recon/ack", query: ["t"], screen: "C4", tab: "recon" },
  export: { path: "export", query: ["plan"], screen: "E1", tab: "records" },
  plan: { path: "plan", query: [], screen: "E5", tab: "records" },
  send: { path: "send", query: ["c"], screen: "E7", tab: "records" },
  receive: { path: "receive", query: [], screen: "E8", tab: "more" },
  sale_filter: { path: "filter", query: ["c"], screen: "E9", tab: "more" },
  import_results: { path: "results", query: [], screen: "E12", tab: "records" },
  upload: { path: "upload/:batch", query: [], screen: "E4", tab: "records" },
  verify: { path: "verify", query: [], screen: "E2", tab: "more" },
  slip: { path: "v/:jwt", query: [], screen: "V1", tab: "more" },
  checkpoint: { path: "checkpoint", query: ["n", "t", "k"], screen: "Z2", tab: "more" },
  close: { path: "close", query: [], screen: "Z1", tab: "more" },
  uploads: { path: "uploads", query: [], screen: "E11", tab: "more" },
  insights: { path: "insights", query: [], screen: "T4", tab: "insights" },
  more: { path: "more", query: [], screen: "T5", tab: "more" },
  backup: { path: "backup", query: [], screen: "E3", tab: "more" },
  restore: { path: "restore", query: [], screen: "S0b", tab: "more" },
  audit: { path: "audit", query: [], screen: "A1", tab: "more" },
  privacy: { path: "privacy", query: [], screen: "P11", tab: "more" },
  storage: { path: "storage", query: [], screen: "P5", tab: "more" },
  staff: { path: "staff", query: [], screen: "P2", tab: "more" },
  staff_new: { path: "staff/new", query: [], screen: "P2a", tab: "more" },
  person: { path: "staff/:id", query: [], screen: "P2b", tab: "more" },
  devices: { path: "devices", query: [], screen: "P10", tab: "more" },
  device_add: { path: "devices/add", query: [], screen: "P10a", tab: "more" },
  acquirers: { path: "acquirers", query: [], screen: "P9", tab: "more" },
  acquirer: { path: "acquirers/:id", query: [], screen: "P9a", tab: "more" },
  acquirer_edit: { path: "acquirers/:id/edit", query: [], screen: "P9b", tab: "more" },
  form_blank: { path: "form", query: [], screen: "D4a", tab: "more" },
  acquirer_columns: { path: "acquirers/:id/columns", query: [], screen: "P9c", tab: "more" },
  policy: { path: "policy", query: [], screen: "P1", tab: "more" },
  policy_text: { path: "policy/text", query: [], screen: "P1b", tab: "more" },
  poster: { path: "policy/poster", query: [], screen: "P1a", tab: "more" },
  shop: { path: "shop", query: [], screen: "P13", tab: "more" },
  look: { path: "look", query: [], screen: "P12", tab: "more" },
  train: { path: "train", query: [], screen: "P6", tab: "more" },
  help: { path: "help", query: [], screen: "P7", tab: "more" },
  about: { path: "about", query: [], screen: "P8", tab: "more" },
  welcome: { path: "welcome", query: [], screen: "S0", tab: "scan" },
  join: { path: "join", query: [], screen: "S0a", tab: "more" },
  unlock: { path: "unlock", query: [], screen: "S1", tab: "scan" },
  rescue: { path: "rescue", query: [], screen: "S3", tab: "scan" },
} as const;

type Routes = typeof routes;

export type RouteName = keyof Routes;

/** The roots that carry the tab bar, in its order. */
export const tabs = [
  "scan",
  "records",
  "recon",
  "insights",
  "more",
] as const satisfies readonly RouteName[];

export type Tab = (typeof tabs)[number];

type InPath<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Later}`
    ? Name | InPath<Later>
    : Rest
  : never;

/** What a page is told: names in its path are always there, those after `?` may be missing. */
export type RouteArguments<Name extends RouteName> = {
  readonly [Key in InPath<Routes[Name]["path"]>]: string;
} & { readonly [Key in Routes[Name]["query"][number]]?: string };

/** A page and its arguments, as read from the address. */
export type Route = {
  [Name in RouteName]: { readonly name: Name; readonly args: RouteArguments<Name> };
}[RouteName];

/** The route of one page. */
export type RouteOf<Name extends RouteName> = Extract<Route, { readonly name: Name }>;

const noArguments: Readonly<Record<string, string>> = {};

const queryText = (names: readonly string[], args: Readonly<Record<string, string>>): string =>
  names
    .flatMap((name) => {
      const value = args[name];
      return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
    })
    .join("&");

type LinkArguments<Name extends RouteName> =
  Record<string, never> extends RouteArguments<Name>
    ? [args?: RouteArguments<Name>]
    : [args: RouteArguments<Name>];

/** The address of a page: `linkTo("refund", { id })` is `#/r/01J…`; for `href` and for `go`. */
export const linkTo = <Name extends RouteName>(
  name: Name,
  ...rest: LinkArguments<Name>
): string => {
  const { path, query } = routes[name];
  const args: Readonly<Record<string, string>> = rest[0] ?? noArguments;
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(args[key] ?? ""));
  const after = queryText(query, args);
  return `#/${filled}${after === "" ? "" : `?${after}`}`;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const matchPath = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const args: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":") && value !== "") args[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return args;
};

const readQuery = (names: readonly string[], text: string): Readonly<Record<string, string>> => {
  const given = new URLSearchParams(text);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
};

const routeNames = Object.keys(routes) as readonly RouteName[];

/** The page of an address; fixed paths win over those with an argument, an unknown address is undefined. */
export const parseRoute = (hash: string): Route | undefined => {
  if (hash.startsWith("#v=")) return { name: "slip", args: { jwt: hash.slice(3) } }; // refundlog.md §15
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split(/\?(.*)/s);
  for (const name of routeNames) {
    const inPath = matchPath(routes[name].path, path);
    if (inPath !== undefined)
      return { name, args: { ...inPath, ...readQuery(routes[name].query, query) } } as Route;
  }
  return undefined;
};
