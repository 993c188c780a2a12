import type { FindingCode } from "./findings.ts";
import type { TokenType } from "./jws.ts";
import { acknowledgement, checkpoint, statusList, witnessStatement } from "./tokens.ts";
import { openToken, type OpenedToken, type Trust } from "./verify-tokens.ts";

/** One kind of token, and how it is opened. */
export type TokenReader<T> = {
  readonly typ: TokenType;
  readonly open: (trust: Trust, token: string) => Promise<OpenedToken<T> | FindingCode>;
};

/** Tokens that one device of a shop shows another; what they say counts only under a key that may say it. */
export const tokenReaders = {
  checkpoint: {
    typ: "refund-cp+jwt",
    open: (trust: Trust, token: string) => openToken(trust, token, "refund-cp+jwt", checkpoint),
  },
  statement: {
    typ: "refund-wit+jwt",
    open: (trust: Trust, token: string) =>
      openToken(trust, token, "refund-wit+jwt", witnessStatement),
  },
  acknowledgement: {
    typ: "refund-ack+jwt",
    open: (trust: Trust, token: string) =>
      openToken(trust, token, "refund-ack+jwt", acknowledgement),
  },
  statusList: {
    typ: "refund-status+jwt",
    open: (trust: Trust, token: string) => openToken(trust, token, "refund-status+jwt", statusList),
  },
} as const satisfies Readonly<Record<string, TokenReader<unknown>>>;
