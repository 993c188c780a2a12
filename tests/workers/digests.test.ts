import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { digestsHere, digestsThrough, serveDigests } from "../../src/workers/digests.ts";

const sha256 = (data: string | Uint8Array): string =>
  createHash("sha256").update(data).digest("base64url");

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

const throughPort = () => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveDigests(port1);
  return digestsThrough(port2);
};

describe.each([
  ["here", digestsHere],
  ["through a port", throughPort],
])("digests made %s", (_, open) => {
  it("are those of each line, in the order asked for", async () => {
    const { ofLines } = open();
    const many = Array.from({ length: 50 }, (_one, batch) => [
      `一 ${batch}`,
      "",
      "`9.90,\u{1f9cb}",
    ]);
    const made = await Promise.all(many.map(ofLines));
    expect(made).toEqual(many.map((lines) => lines.map(sha256)));
  });

  it("of a file are those of all its pieces, with lines in between", async () => {
    const { ofLines, add, ofAdded } = open();
    const piece = Uint8Array.from({ length: 5_000 }, (_one, at) => at * 7);
    for (let count = 0; count < 3; count++) {
      add(piece);
      expect(await ofLines(["a"])).toEqual([sha256("a")]);
    }
    piece.fill(0); // what was added is taken, whatever becomes of it
    const whole = Buffer.concat(
      Array.from({ length: 3 }, () => Uint8Array.from({ length: 5_000 }, (_one, at) => at * 7)),
    );
    expect(await ofAdded()).toBe(sha256(whole));
  });
});

it("two files behind ports of their own do not disturb each other", async () => {
  const [one, other] = [throughPort(), throughPort()];
  one.add(Uint8Array.of(1));
  other.add(Uint8Array.of(2));
  expect(await other.ofAdded()).toBe(sha256(Uint8Array.of(2)));
  expect(await one.ofAdded()).toBe(sha256(Uint8Array.of(1)));
});
