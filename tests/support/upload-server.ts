import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** One request as it came in, its body whole. */
export type Taken = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
};

/** What the server does with a request, once it has it whole. */
export type Answering = (taken: Taken, response: ServerResponse, socket: Socket) => void;

/** A server on this machine that keeps whatever it is sent; the test says how it answers. */
export type UploadServer = {
  readonly origin: string;
  readonly taken: Taken[];
  answer: Answering;
  /** Cuts the connection as soon as so many bytes of a body came; undefined to take them all. */
  cutAfter: number | undefined;
  readonly stop: () => Promise<void>;
};

export const say =
  (status: number, headers: Readonly<Record<string, string>> = {}, text = ""): Answering =>
  (_taken, response) => {
    response.writeHead(status, headers);
    response.end(text);
  };

/** What a browser asks before it sends a file to another origin. */
const allowed = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "PUT, POST",
  "Access-Control-Allow-Headers": "content-type, idempotency-key, authorization",
};

const readWhole = async (request: IncomingMessage, cutAfter: number | undefined) => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (cutAfter !== undefined && size >= cutAfter) {
      request.socket.destroy();
      return undefined;
    }
  }
  return Buffer.concat(parts);
};

export const startUploadServer = async (port = 0): Promise<UploadServer> => {
  const taken: Taken[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(allowed)) response.setHeader(name, value);
    if (request.method === "OPTIONS") {
      response.writeHead(204).end();
      return;
    }
    const body = await readWhole(request, server.cutAfter).catch(() => undefined);
    if (body === undefined) return;
    const { method = "", url = "", headers } = request;
    const one = { method, path: url, headers, body };
    taken.push(one);
    server.answer(one, response, request.socket);
  };
  const http = createServer((request, response) => void hear(request, response));
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  const server: UploadServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    taken,
    answer: say(201),
    cutAfter: undefined,
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
};
