/** A script address that passed the policy; only `new Worker` and service-worker registration take it. */
export type ScriptUrl = TrustedScriptUrl | string;

type TrustedScriptUrl = { readonly toString: () => string };
type Policy = { readonly createScriptURL: (url: string) => TrustedScriptUrl };
type Factory = {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ) => Policy;
};

/** Our own scripts, relative to the app's folder: sw.js and the workers as Vite names them. */
const builtScript = /^(?:sw\.js|assets\/[a-z-]+\.worker-[\w-]+\.js)$/;
const devScript = /^src\/workers\/[a-z-]+\.worker\.ts$/;

/** The address made whole, if it is one of our scripts; throws otherwise, since only a bug can ask. */
export const ownScript = (url: string, base: string, dev: boolean): string => {
  const folder = new URL(".", base);
  const address = new URL(url, base);
  const path = address.pathname.slice(folder.pathname.length);
  const ours = address.origin === folder.origin && address.pathname.startsWith(folder.pathname);
  if (ours && (builtScript.test(path) || (dev && devScript.test(path)))) return address.href;
  throw new TypeError(`not a script of this app: ${url}`);
};

let policy: Policy | undefined;

/** The one Trusted Types policy, `app-sw`; where Trusted Types are unknown the check is the same. */
const appPolicy = (): Policy => {
  const { trustedTypes } = globalThis as { trustedTypes?: Factory };
  const rules = {
    createScriptURL: (url: string) => ownScript(url, document.baseURI, import.meta.env.DEV),
  };
  policy ??= trustedTypes?.createPolicy("app-sw", rules) ?? rules;
  return policy;
};

/** Throws for anything but the service worker and the workers of this build. */
export const scriptUrl = (url: string): ScriptUrl => appPolicy().createScriptURL(url);
