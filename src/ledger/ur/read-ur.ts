import { crc32 } from "../frame.ts";
import type { Bytes } from "../record.ts";
import { decodeBytewords } from "./bytewords.ts";
import { readCbor } from "./cbor.ts";
import { fragmentChooser, readPart, type ChooseFragments, type FountainPart } from "./fountain.ts";
import { newSolver, type Solver } from "./solver.ts";

/** What one seen text did: `foreign` is no part of such a message and is nobody's fault. */
export type UrStep =
  | { readonly kind: "foreign" }
  | { readonly kind: "known" }
  | { readonly kind: "useful"; readonly got: number; readonly of: number }
  | { readonly kind: "complete"; readonly bytes: Bytes }
  /** A part of another message than the first one. */
  | { readonly kind: "other_message" }
  /** All parts are here and their sum is not what they promise; begin anew. */
  | { readonly kind: "checksum_wrong" };

/** Takes texts in any order, as often as they come; more than the message itself is never kept. */
export type UrReader = { readonly take: (text: string) => UrStep };

/** Larger messages go as a file: they would take minutes, and memory is not given to whoever shows a code. */
export const longestMessage = 1024 * 1024;
const mostParts = 4096;
const longestText = 8000;

const form = /^ur:bytes\/(?:(\d{1,10})-(\d{1,10})\/)?([a-z]+)$/;

const foreign: UrStep = { kind: "foreign" };

const unwrap = (message: Bytes): UrStep => {
  const cbor = readCbor(message);
  const bytes = cbor.byteString();
  return bytes === undefined || !cbor.isAtEnd()
    ? { kind: "checksum_wrong" }
    : { kind: "complete", bytes };
};

const fits = ({ seqNum, seqLen, messageLen, data }: FountainPart): boolean =>
  seqNum > 0 &&
  seqLen > 1 &&
  seqLen <= mostParts &&
  messageLen <= longestMessage &&
  data.length * seqLen >= messageLen &&
  data.length * (seqLen - 1) < messageLen;

const isOfSame = (first: FountainPart, part: FountainPart): boolean =>
  first.checksum === part.checksum &&
  first.messageLen === part.messageLen &&
  first.seqLen === part.seqLen &&
  first.data.length === part.data.length;

type Gathering = {
  readonly first: FountainPart;
  readonly choose: ChooseFragments;
  readonly solver: Solver;
};

const beginWith = (first: FountainPart): Gathering => ({
  first,
  choose: fragmentChooser(first.seqLen),
  solver: newSolver(first.seqLen, first.data.length),
});

const finish = ({ first, solver }: Gathering): UrStep => {
  const message = solver.solve().slice(0, first.messageLen);
  return crc32(message) === first.checksum ? unwrap(message) : { kind: "checksum_wrong" };
};

const addTo = (gathering: Gathering, part: FountainPart): UrStep => {
  const { first, choose, solver } = gathering;
  if (!isOfSame(first, part)) return { kind: "other_message" };
  if (solver.rank() === first.seqLen) return { kind: "known" };
  if (!solver.add(choose(part.seqNum, part.checksum), part.data)) return { kind: "known" };
  const got = solver.rank();
  return got === first.seqLen ? finish(gathering) : { kind: "useful", got, of: first.seqLen };
};

const partOf = (text: string): FountainPart | Bytes | undefined => {
  if (text.length > longestText) return undefined;
  const [, seqNum, seqLen, body = ""] = form.exec(text.toLowerCase()) ?? [];
  const bytes = decodeBytewords(body);
  if (bytes === undefined || seqNum === undefined) return bytes;
  const part = readPart(bytes);
  if (part === undefined || !fits(part)) return undefined;
  return part.seqNum === Number(seqNum) && part.seqLen === Number(seqLen) ? part : undefined;
};

/** Gathers the message of the first part it sees; whatever is shown to it, it never throws. */
export const newUrReader = (): UrReader => {
  let gathering: Gathering | undefined;
  return {
    take: (text) => {
      const part = partOf(text);
      if (part === undefined) return foreign;
      if (part instanceof Uint8Array) {
        if (gathering !== undefined) return { kind: "other_message" };
        const whole = unwrap(part);
        return whole.kind === "complete" ? whole : foreign;
      }
      gathering ??= beginWith(part);
      return addTo(gathering, part);
    },
  };
};
