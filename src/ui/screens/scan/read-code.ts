import { parseCode } from "../../../domain/codes/index.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import type {
  MerchantCode,
  NumberCode,
  NumberKind,
  OwnCode,
} from "../../../domain/codes/scanned-code.ts";
import type { BusinessDate } from "../../../domain/instant.ts";
import type { CaseId } from "../../../domain/ids.ts";
import type { Lookup } from "../../../usecases/find-payment.ts";
import { linkTo } from "../../routes.ts";

/** What is told of a code that leads nowhere; its sentence is `scan.said.<name>`. */
export type Said =
  | "payment_code"
  | "collection"
  | "approval"
  | "own_other"
  | "training_slip"
  | "invoice"
  | "damaged"
  | "product"
  | "refund_elsewhere"
  | "unknown";

/** A page to open; `to` names what it shows, so that two numbers of one payment are one. */
export type Go = {
  readonly kind: "go";
  readonly href: string;
  readonly to: string;
  /** It is in the books of this shop. */
  readonly known: boolean;
};

/** What happens after a code was read. Nothing of a payment code is in it but its first and last two digits. */
export type Reading =
  | Go
  | { readonly kind: "said"; readonly what: Said; readonly text?: string }
  | {
      readonly kind: "ask";
      readonly shown: string;
      readonly date: BusinessDate | undefined;
      readonly number: string;
    };

/** Where a reading looks things up. */
export type Books = {
  readonly today: BusinessDate;
  readonly find: (number: string) => Promise<Lookup>;
  /** The case of a slip that this very device signed, or of an approval of such a refund. */
  readonly ownCase: (slip: string) => Promise<CaseId | undefined>;
};

const said = (what: Said, text?: string): Reading => ({
  kind: "said",
  what,
  ...(text === undefined ? {} : { text: visibleText(text).text }),
});

const goToCase = (caseId: CaseId): Go => ({
  kind: "go",
  href: linkTo("refund", { id: caseId }),
  to: caseId,
  known: true,
});

const only = (numbers: readonly NumberCode[], kinds: readonly NumberKind[]): boolean =>
  numbers.length > 0 && numbers.every((number) => kinds.includes(number.kind));

/** A number that is not here: what its shape says for certain, else a payment to be recorded. */
const unknownNumber = (text: string, numbers: readonly NumberCode[], typed: boolean): Reading => {
  if (only(numbers, ["wechat_refund_id"])) return said("refund_elsewhere");
  if (!typed && only(numbers, ["ean13"])) return said("product");
  return { kind: "go", href: linkTo("new_payment", { c: text }), to: `new:${text}`, known: false };
};

const readNumber = async (
  text: string,
  numbers: readonly NumberCode[],
  { books, typed }: { readonly books: Books; readonly typed: boolean },
): Promise<Reading> => {
  const lookup = await books.find(text);
  if (lookup.kind === "nothing") return unknownNumber(text, numbers, typed);
  if (lookup.kind === "refund") return goToCase(lookup.caseId);
  const href = linkTo("new_refund", { c: text });
  const to = lookup.kind === "payment" ? lookup.found.payment.paymentId : text;
  return { kind: "go", href, to, known: true };
};

const open = (href: string, to: string): Go => ({ kind: "go", href, to, known: true });

/** Signed codes of another device of the shop, by their type; each opens the page that takes it in. */
const readToken = ({ type, text }: Extract<OwnCode, { kind: "own_token" }>): Reading => {
  if (type === "refund-ack+jwt" || type === "refund-status+jwt")
    return open(linkTo("ack", { t: text }), text);
  if (type === "refund-cp+jwt" || type === "refund-wit+jwt")
    return open(linkTo("checkpoint", { t: text }), text);
  return said("own_other");
};

const readOwn = async (code: OwnCode, books: Books): Promise<Reading> => {
  switch (code.kind) {
    case "own_slip": {
      const caseId = await books.ownCase(code.text);
      if (caseId !== undefined) return goToCase(caseId);
      return open(linkTo("slip", { jwt: code.text }), "slip");
    }
    case "own_training_slip": {
      const lookup = await books.find(code.number);
      return lookup.kind === "refund" ? goToCase(lookup.caseId) : said("training_slip");
    }
    case "own_approval_request":
      return open(linkTo("answer_approval", { c: code.text }), code.text);
    case "own_approval": {
      const id = await books.ownCase(code.text);
      if (id === undefined) return said("approval");
      return open(linkTo("approve_phone", { id, c: code.text }), id);
    }
    case "own_nonce":
      return open(linkTo("checkpoint", { n: code.text }), code.text);
    case "own_heads":
      return open(linkTo("send", { c: code.text }), code.text);
    case "own_filter":
      return open(linkTo("sale_filter", { c: code.text }), code.text);
    case "own_transfer":
      return open(linkTo("receive"), "receive");
    case "own_token":
      return readToken(code);
    case "own_form":
      return open(linkTo("form", { id: code.caseId }), code.caseId);
    case "own_claim":
      return open(linkTo("overpaid", { t: code.ticket }), code.ticket);
    case "own_key_card":
      return open(linkTo("checkpoint", { k: code.text }), code.text);
  }
};

const readMerchant = (code: MerchantCode): Reading => {
  if (code.kind === "invoice_qr") return said("invoice");
  if (code.kind === "emv_mpm_damaged" || code.reasons.includes("crc_differs"))
    return said("damaged");
  return code.kind === "other_url" ? said("unknown", code.text) : said("collection");
};

/** What a scanned or typed text leads to. A typed one is never taken for a barcode on a product. */
export const readCode = async (text: string, books: Books, typed = false): Promise<Reading> => {
  const code = parseCode(text, books.today);
  switch (code.kind) {
    case "own":
      return readOwn(code.code, books);
    case "merchant":
      return readMerchant(code.code);
    case "payment_code":
      return said("payment_code");
    case "ask": {
      const [first] = code.numbers;
      if (first === undefined) return said("payment_code");
      return { kind: "ask", shown: code.shown, date: first.date, number: first.text };
    }
    case "number":
      return readNumber(code.text, code.numbers, { books, typed });
    case "unreadable":
      return said("unknown", text);
  }
};

/** The clerk said that the collision is an order number. */
export const readOrder = (number: string, books: Books): Promise<Reading> =>
  readNumber(number, [], { books, typed: true });
