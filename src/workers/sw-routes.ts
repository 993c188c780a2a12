/** What the service worker does with a request; `file` carries the address it is stored under. */
export type SwAnswer =
  | { readonly kind: "file"; readonly address: string }
  | { readonly kind: "share" }
  | { readonly kind: "home" }
  | { readonly kind: "network" }
  | { readonly kind: "upload" }
  | { readonly kind: "refuse" };

type Asked = Pick<Request, "method" | "mode" | "url">;
type IsStored = (address: string) => boolean;

/** Query and fragment never matter, and a folder means its index page. */
const findAddress = ({ origin, pathname }: URL, isStored: IsStored): string | undefined => {
  const page = `${pathname.replace(/\/$/, "")}/index.html`;
  return [origin + pathname, origin + page].find(isStored);
};

const isUpload = ({ origin }: URL, method: string, uploadOrigin: string): boolean =>
  origin === uploadOrigin && (method === "PUT" || method === "POST");

/** Files of the build come from the cache; other origins are never asked, but for the one that the build may send files to. */
export const answerTo = (
  { method, mode, url }: Asked,
  scope: URL,
  isStored: IsStored,
  uploadOrigin: string,
): SwAnswer => {
  const asked = new URL(url);
  if (asked.origin !== scope.origin)
    return { kind: isUpload(asked, method, uploadOrigin) ? "upload" : "refuse" };
  const isShare = asked.pathname.replace(/\/$/, "") === new URL("./share", scope).pathname;
  if (method === "POST" && isShare) return { kind: "share" };
  if (method !== "GET") return { kind: "network" };
  const address = findAddress(asked, isStored);
  if (address !== undefined) return { kind: "file", address };
  return { kind: mode === "navigate" ? "home" : "network" };
};
