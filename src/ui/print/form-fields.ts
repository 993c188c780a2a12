/** The papers that are filled in and stamped (upload-files.md §6). */
export const formKinds = ["application", "adjustment", "returns"] as const;

export type FormKind = (typeof formKinds)[number];

const shopBlock = ["shop", "merchant_no", "term_no", "date"] as const;

/** What each paper asks for, block by block, in its order (upload-files.md §6.1 and §6.2). */
export const formBlocks = {
  application: {
    head: ["refund_no", "case_no", "date", "shop", "stall", "operator", "merchant_no", "term_no"],
    payment: [
      "paid_at",
      "channel",
      "acquirer",
      "grade",
      "transaction_id",
      "out_trade_no",
      "pos_numbers",
      "paid",
      "discount",
      "payer",
    ],
    goods: ["goods"],
    refund: ["type", "amount", "capitals", "before", "left", "fee", "way"],
    reason: ["reason", "policy", "words", "proofs"],
    invoice: ["invoice", "red_no", "invoice_by"],
    customer: ["name", "phone", "identity", "signature"],
    approval: ["handled_by", "approved_by", "verdict", "verdict_date", "verdict_words", "stamp"],
    result: ["submitted", "channel_refund_no", "state", "arrived"],
  },
  adjustment: {
    head: shopBlock,
    payment: ["paid_at", "paid", "card_or_order", "ref_no"],
    refund: ["amount", "capitals"],
    reason: ["explanation"],
    approval: ["handled_by", "contact", "stamp"],
  },
  returns: {
    head: shopBlock,
    payment: ["paid_at", "paid", "card", "ref_no"],
    refund: ["amount", "capitals"],
    reason: ["explanation"],
    approval: ["handled_by", "contact", "finance", "stamp"],
  },
} as const satisfies { readonly [Kind in FormKind]: Readonly<Record<string, readonly string[]>> };

type Blocks = (typeof formBlocks)[FormKind];

export type FormBlockName = Blocks extends infer One ? keyof One & string : never;

type FieldsOf<Of> = Of extends Readonly<Record<string, readonly (infer Name)[]>> ? Name : never;

export type FormFieldName = FieldsOf<Blocks>;

/** How many of the four columns a field takes where it is not one. */
const widths: Partial<Readonly<Record<FormFieldName, 2 | 4>>> = {
  refund_no: 2,
  case_no: 2,
  transaction_id: 2,
  out_trade_no: 2,
  pos_numbers: 2,
  goods: 4,
  capitals: 2,
  way: 2,
  words: 2,
  proofs: 4,
  invoice_by: 2,
  signature: 4,
  verdict_words: 2,
  stamp: 2,
  card_or_order: 2,
  card: 2,
  explanation: 4,
  finance: 2,
};

/** Fields that a hand needs room in, and how many lines of it. */
const rooms: Partial<Readonly<Record<FormFieldName, number>>> = {
  goods: 3,
  signature: 2,
  stamp: 4,
  finance: 4,
  verdict_words: 4,
  explanation: 8,
};

export const fieldWidth = (name: FormFieldName): 1 | 2 | 4 => widths[name] ?? 1;

export const fieldLines = (name: FormFieldName): number => rooms[name] ?? 1;

/** What is known of the fields; the others stay empty, to be written by hand. */
export type FormValues = Partial<Readonly<Record<FormFieldName, string>>>;
