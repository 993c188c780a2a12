import type { OutFile } from "../../../usecases/deps.ts";

/** What the page has and the app's own start page, which a server may send in its place, has not. */
const mark = 'id="report"';

/** The stand-alone verifier out of the build; undefined where this installation has none. */
export const readVerifierPage = async (
  read: typeof fetch = (address) => fetch(address),
): Promise<OutFile | undefined> => {
  const response = await read("./verify.html").catch(() => undefined);
  if (response?.ok !== true) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return new TextDecoder().decode(bytes).includes(mark)
    ? { name: "verify.html", type: "text/html", bytes }
    : undefined;
};
