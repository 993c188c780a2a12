import { afterEach, beforeEach } from "vitest";

import { hashBytes } from "../../src/ledger/base64url.ts";
import { sendUpload } from "../../src/platform/send-upload.ts";
import { sendUploads, type SendUpload } from "../../src/usecases/send-uploads.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { aShop, type TestShop } from "./deps.ts";
import { startUploadServer, type Answering, type UploadServer } from "./upload-server.ts";
import { turnOn } from "./uploads.ts";

/** How long a try may take: longer than any machine needs, and shorter than a test may last. */
export const patientMs = 15_000;

/** As in the app, but for its patience. */
const sendWithin =
  (timeoutMs: number): SendUpload =>
  (request, signal) =>
    sendUpload({ ...request, timeoutMs }, signal, new EventTarget());

export type UploadScene = {
  readonly server: UploadServer;
  readonly deps: Deps;
  readonly later: (ms: number) => void;
  readonly round: (timeoutMs?: number) => Promise<void>;
  /** Past any wait of its own. */
  readonly nextRound: () => Promise<void>;
  /** The owner names the server, with a folder and an account. */
  readonly open: () => Promise<void>;
  readonly keys: () => readonly unknown[];
  readonly digests: () => readonly string[];
};

const sceneOf = (server: UploadServer, { deps, clock }: TestShop): UploadScene => {
  const later = (ms: number): void => void (clock.ms += ms);
  const round = (timeoutMs = patientMs): Promise<void> => sendUploads(deps, sendWithin(timeoutMs));
  return {
    server,
    deps,
    later,
    round,
    nextRound: () => {
      later(2 * 3_600_000);
      return round();
    },
    open: () =>
      turnOn(deps, {
        address: `${server.origin}/dav/refunds/{name}`,
        accepts: "all",
        proof: "password",
        secretName: "till",
        secretValue: "word",
      }),
    keys: () => server.taken.map(({ headers }) => headers["idempotency-key"]),
    digests: () => server.taken.map(({ body }) => hashBytes(body)),
  };
};

/** A real server on this machine, the function that the app sends with, and the queue between them; anew for each test. */
export const uploadScene = (): { readonly now: () => UploadScene } => {
  let scene: UploadScene | undefined;
  beforeEach(async () => {
    scene = sceneOf(await startUploadServer(), await aShop());
  });
  afterEach(() => scene?.server.stop());
  return {
    now: () => {
      if (scene === undefined) throw new Error("only inside a test");
      return scene;
    },
  };
};

/** Answers like these one after another, the last for ever. */
export const inTurn = (...answerings: readonly Answering[]): Answering => {
  let next = 0;
  return (...asked) => answerings[Math.min(next++, answerings.length - 1)]?.(...asked);
};
