import type { ExportFormatId } from "../batches/index.ts";
import type { Channel } from "../channels.ts";
import type { JsonObject } from "../json.ts";
import type { ResultMapping } from "../results/result-mapping.ts";
import type { StatementMapping } from "../statements/mapping.ts";
import type { AcquirerError } from "./error-catalogue.ts";
import { isConfirmed, type Fact } from "./fact.ts";

export const settlementModes = ["D0", "D1", "T1", "unknown"] as const;
export const d0Refunds = ["unknown", "blocked", "needs_float"] as const;
export const balanceSources = ["takings", "account", "unknown"] as const;
export const partialRules = ["many", "once", "none", "unknown"] as const;
export const voidRules = ["yes", "no", "unknown"] as const;
export const feeRules = ["pro_rata", "kept", "void_only", "unknown"] as const;
export const places = ["portal", "terminal", "form"] as const;
export const batchFormats = [
  "wechat-batch-txt",
  "wechat-batch-csv",
  "alipay-batch-xls",
  "unionpay-pc-txt",
  "unionpay-wap-xls",
  "yeepay-xls",
  "own-table-xls",
  "refund-list-csv",
  "refund-list-xls",
  "wechat-v3-json",
  "alipay-refund-json",
  "ums-netpay-json",
  "ums-bills-json",
  "ums-poslink-json",
  "lakala-json",
  "unionpay-04-json",
] as const satisfies readonly ExportFormatId[];
export const amountUnits = ["yuan", "fen", "unknown"] as const;

/** When the money of a payment reaches the merchant; D0 may leave nothing to refund from. */
export type SettlementMode = (typeof settlementModes)[number];

/** What a support line asks for first. */
export type Quoted =
  | "merchant_no"
  | "term_no"
  | "order_no"
  | "refund_no"
  | "ref_no"
  | "amount"
  | "time";

export type Support = {
  readonly phone?: string;
  readonly hours?: string;
  readonly quote: readonly Quoted[];
};

/** What a portal or terminal asks a person to type for one refund, in its order (upload-files.md §4). */
export const handFields = [
  "merchant_no",
  "term_no",
  "transaction_id",
  "statement_serial",
  "out_trade_no",
  "ref_no",
  "paid_at",
  "voucher_no",
  "slip_batch_no",
  "amount",
  "refund_no",
  "reason",
  "channel",
  "operator_id",
] as const;

export type HandField = (typeof handFields)[number];

/** What to have ready before handing refunds in (upload-files.md §7). */
export const preparations = [
  "log_in",
  "refund_role",
  "operation_password",
  "sms_code",
  "reviewer",
  "balance",
  "slip",
  "supervisor_password",
  "paper",
  "same_batch_for_void",
  "stamp",
  "slip_copies",
  "handing_in_receipt",
] as const;

export type Preparation = (typeof preparations)[number];

/** A rule of one acquirer in a sentence of the dictionaries, where no figure can say it. */
export type NoteName =
  | "at_the_acquirer"
  | "order_no_only"
  | "reason_is_shown"
  | "payer_coupon"
  | "void_payment_code_only"
  | "upload_once"
  | "review_first"
  | "window_by_contract"
  | "cancel_unknown_only"
  | "one_way_only"
  | "part_needs_number"
  | "finished_is_final"
  | "cash_before_coupon"
  | "bank_contract_balance"
  | "window_by_acquirer"
  | "letters_and_digits"
  | "source_prefix"
  | "scan_the_bill"
  | "cleared_by_unionpay"
  | "licence_and_account"
  | "cleared_by_head_office"
  | "resend_variant_only"
  | "serial_begins_66"
  | "unified_refund"
  | "refund_accounts"
  | "for_business"
  | "nothing_public"
  | "failed_again_alone"
  | "void_once"
  | "three_months_old"
  | "same_number_again"
  | "instant_no_refund"
  | "net_takings_of_today"
  | "one_part_only";

export type Note = Fact & { readonly name: NoteName };

/**
 * What an acquirer allows and expects, as data that the owner may edit (refund-model.md §4, §13; payments-cn.md §2).
 * What no document says is absent or unknown; every fact has its level in `facts`.
 */
export type AcquirerProfile = {
  readonly id: string;
  /** The owner's own name for it; shipped ones are named by the dictionaries. */
  readonly name?: string;
  /** The shipped profile that an owner's own one was copied from. */
  readonly copyOf?: string;
  /** Wallets whose direct merchants this is; none for acquirers that take every wallet. */
  readonly channels: readonly Channel[];
  readonly settlement: SettlementMode;
  /** Whether a refund is possible once money was settled at once. */
  readonly d0Refund: (typeof d0Refunds)[number];
  readonly balanceSource: (typeof balanceSources)[number];
  /** Days after the payment within which a refund is taken, the last second included. */
  readonly refundWindowDays?: number;
  /** Minutes after midnight between which refunds are taken. */
  readonly refundHours?: readonly [from: number, to: number];
  /** Days after which a refund without funds is closed by the acquirer. */
  readonly closesAfterDays?: number;
  /** Days after which money that nobody claimed is handed back to the acquirer. */
  readonly handbackDays?: number;
  /** "No such refund" counts as closed that many days after it was submitted; absent: never by itself. */
  readonly noRecordFinalAfterDays?: number;
  readonly voids: (typeof voidRules)[number];
  /** Minutes after midnight at which the day's batch is closed and a void is over; midnight when absent. */
  readonly voidCutoffMinutes?: number;
  readonly partials: (typeof partialRules)[number];
  /** Most refunds of one payment. */
  readonly partialLimit?: number;
  /** Seconds between two refunds of one payment. */
  readonly minIntervalSeconds?: number;
  /** Most refunds that it takes on a day, and how much in whole units of the currency; what its contract says. */
  readonly dailyRefunds?: number;
  readonly dailyAmount?: number;
  readonly feeRule: (typeof feeRules)[number];
  /** Longest refund number; with the acquirer's own prefix in front it must still fit. */
  readonly refundNoMax: number;
  /** Characters that the acquirer wants in front of every refund number. */
  readonly refundNoPrefixLength?: number;
  /** These characters, as the merchant's contract names them. */
  readonly refundNoPrefix?: string;
  /** The same number again continues the same refund and never pays twice. */
  readonly resendIdempotent: boolean;
  /** Where a person hands a refund in. */
  readonly place: (typeof places)[number];
  /** Upload file that its portal takes; the others get the list to type from. */
  readonly batchFormat: (typeof batchFormats)[number];
  /** The owner's own columns for it, an export format that is read where files are written. */
  readonly layout?: JsonObject;
  readonly fields: readonly HandField[];
  readonly amountUnit: (typeof amountUnits)[number];
  readonly checklist: readonly Preparation[];
  /** Minutes until a wallet has the money, working days until a bank card has it. */
  readonly expected: { readonly walletMinutes: number; readonly bankDays: number };
  readonly support: Support;
  readonly errors: readonly AcquirerError[];
  /** What the owner has added to the catalogue; it is asked first. */
  readonly ownErrors: readonly AcquirerError[];
  readonly notes: readonly Note[];
  /** How its statements are read, where the owner has said which column is what. */
  readonly statements?: readonly StatementMapping[];
  /** The same for the files in which its portal answers. */
  readonly results?: readonly ResultMapping[];
  readonly facts: Readonly<Record<ProfileFact, Fact>>;
};

/** The facts of a profile that have a level of their own, in the groups and the order of the screen. */
export const factGroups = {
  settlement: ["settlement", "d0Refund", "balanceSource"],
  window: [
    "refundWindowDays",
    "refundHours",
    "closesAfterDays",
    "noRecordFinalAfterDays",
    "handbackDays",
  ],
  voids: ["voids", "voidCutoffMinutes"],
  count: ["partials", "minIntervalSeconds", "dailyRefunds"],
  fee: ["feeRule"],
  numbers: ["refundNoMax", "resendIdempotent"],
  submit: ["place", "batchFormat", "fields", "amountUnit", "checklist"],
  arrival: ["expected"],
  support: ["support"],
} as const satisfies Readonly<Record<string, readonly (keyof AcquirerProfile)[]>>;

export type FactGroup = keyof typeof factGroups;

export type ProfileFact = (typeof factGroups)[FactGroup][number];

/** Every fact, in the order of the screen. */
export const profileFacts: readonly ProfileFact[] = Object.values(factGroups).flat();

/** One level for every fact that a profile does not tell apart. */
export const everyFact = (fact: Fact): AcquirerProfile["facts"] =>
  Object.fromEntries(profileFacts.map((name) => [name, fact])) as AcquirerProfile["facts"];

/** What nobody confirmed is shown as 未核实. */
export const isVerified = ({ facts }: Pick<AcquirerProfile, "facts">, fact: ProfileFact): boolean =>
  isConfirmed(facts[fact]);

/** How many facts nobody confirmed. */
export const countUnverified = (profile: Pick<AcquirerProfile, "facts">): number =>
  profileFacts.filter((fact) => !isVerified(profile, fact)).length;
