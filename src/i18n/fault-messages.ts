import type { ClaimFault } from "../domain/claim.ts";
import type { AnswerFault } from "../domain/claim-questions.ts";
import type { PrepareFault } from "../domain/evidence.ts";
import type { PrinterFault } from "../domain/escpos.ts";
import type { ManualPaymentFault } from "../domain/manual-payment.ts";
import type { AmountFault, Money } from "../domain/money.ts";
import type { PolicyFault } from "../domain/policy/shop-policy.ts";
import type { QuantityFault } from "../domain/quantity.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import type { SettingFault } from "../domain/shop-setting.ts";
import type { StatementFault } from "../domain/statements/statement-row.ts";
import type { MessageKey } from "./index.ts";

/** Every fault that a person can meet; add the union of a new fault here, the compiler then asks for its message. */
export type KnownFault =
  | AmountFault
  | {
      readonly kind:
        | "backup_not_ours"
        | "backup_newer"
        | "backup_wrong_code"
        | "backup_damaged"
        | "backup_no_key"
        | "backup_in_practice"
        | "backup_not_written"
        | "restore_not_empty"
        | "nothing_to_go_on";
    }
  | PrinterFault
  | ClaimFault
  | AnswerFault
  | { readonly kind: "nothing_left" }
  | { readonly kind: "cash_differs"; readonly difference: Money }
  | { readonly kind: "backup_over"; readonly days: number }
  | { readonly kind: "backup_not_genuine"; readonly label: string; readonly seq: number }
  | { readonly kind: "bad_time" }
  | { readonly kind: "bad_date" }
  | { readonly kind: "next_contact_past" | "range_backwards" | "range_too_long" }
  | RefundFault
  | ManualPaymentFault
  | QuantityFault
  | PolicyFault
  | {
      readonly kind:
        | "card_number_in_text"
        | "case_unknown"
        | "payment_not_here"
        | "import_in_use"
        | "not_linked"
        | "import_taken_back"
        | "not_unknown"
        | "goods_unseen"
        | "clock_unusable"
        | "locked";
    }
  | {
      readonly kind:
        | "payment_known"
        | "number_length"
        | "typed_differs"
        | "channel_missing"
        | "payment_code";
    }
  | {
      readonly kind:
        | "quota"
        | "closed"
        | "corrupt"
        | "newer_schema"
        | "clone"
        | "unknown"
        | "head_moved"
        | "chain_ended"
        | "copy_missing"
        | "not_writer"
        | "over_refund";
    }
  | {
      readonly kind:
        | "camera_not_allowed"
        | "camera_not_found"
        | "camera_in_use"
        | "camera_hung"
        | "camera_insecure"
        | "camera_in_app_browser"
        | "camera_decoder_failed"
        | "camera_unknown";
    }
  | { readonly kind: "picture_too_large" | "picture_unreadable" | "no_code_in_picture" }
  | {
      readonly kind:
        | "pin_length"
        | "pin_weak"
        | "pin_differs"
        | "key_not_kept"
        | "shop_name_missing"
        | "owner_name_missing"
        | "wrong_recovery_code"
        | "person_unknown"
        | "person_name_missing"
        | "last_owner"
        | "pin_missing"
        | "pin_disabled";
    }
  | SettingFault
  | {
      readonly kind:
        | "nothing_to_export"
        | "batch_unknown"
        | "batch_already_uploaded"
        | "batch_file_gone";
    }
  | StatementFault
  | {
      readonly kind:
        | "aborted"
        | "file_unreadable"
        | "worker_failed"
        | "already_imported"
        | "import_gone"
        | "constraint";
    }
  | PrepareFault
  | { readonly kind: "evidence_full"; readonly most: number }
  | {
      readonly kind:
        | "photo_not_kept"
        | "photo_note_missing"
        | "attachment_gone"
        | "attachment_damaged"
        | "last4_characters";
    }
  | {
      readonly kind:
        | "code_unreadable"
        | "code_altered"
        | "signer_unknown"
        | "signer_role"
        | "signer_revoked"
        | "checkpoint_own"
        | "nothing_recorded"
        | "statement_not_ours"
        | "chain_rolled_back"
        | "chain_forked"
        | "own_chain_cut"
        | "own_chain_forked"
        | "ack_unreadable"
        | "ack_not_ours"
        | "ack_root_differs"
        | "ack_status_missing"
        | "ack_not_verified";
    }
  | {
      readonly kind:
        | "heads_unreadable"
        | "heads_of_other_shop"
        | "nothing_to_send"
        | "transfer_too_large"
        | "transfer_other"
        | "transfer_damaged"
        | "transfer_unreadable"
        | "filter_unreadable"
        | "filter_of_other_shop"
        | "filter_own"
        | "filter_in_future"
        | "filter_too_old";
    }
  | PhoneFault
  | DeviceFault
  | { readonly kind: "nothing_to_erase" }
  | { readonly kind: "upload_in_practice" | "upload_not_queued" }
  | { readonly kind: "unexpected" };

/** What is told where a second phone approves. */
type PhoneFault =
  | {
      readonly kind:
        | "approval_unreadable"
        | "approval_altered"
        | "approval_other_till"
        | "approval_other_refund"
        | "approval_amount_changed"
        | "approval_used"
        | "approval_expired"
        | "approver_expired"
        | "approver_revoked"
        | "approver_not_staff"
        | "not_an_approver"
        | "request_unreadable"
        | "request_altered"
        | "till_expired"
        | "till_revoked"
        | "approver_key_lost"
        | "key_not_trusted"
        | "key_card_unreadable";
    }
  | { readonly kind: "approver_unknown" | "till_unknown"; readonly fingerprint: string }
  | { readonly kind: "above_phone_limit"; readonly limit: Money };

/** What is told where devices join a shop or are revoked. */
type DeviceFault =
  | {
      readonly kind:
        | "invitation_unreadable"
        | "invitation_expired"
        | "device_request_unreadable"
        | "device_request_other"
        | "request_known_key"
        | "label_missing"
        | "label_taken"
        | "root_not_here"
        | "answer_unreadable"
        | "answer_other_key"
        | "answer_other_shop"
        | "till_already"
        | "answer_expired"
        | "own_key"
        | "former_key_gone"
        | "cut_unknown"
        | "status_unreadable"
        | "status_of_another";
    }
  | { readonly kind: "revoked_before"; readonly seq: number }
  | { readonly kind: "rotate_open_work"; readonly count: number };

export const faultMessages = {
  printer_not_chosen: "records.printer.not_chosen",
  printer_not_allowed: "records.printer.not_allowed",
  printer_busy: "records.printer.busy",
  printer_not_one: "records.printer.not_one",
  printer_lost: "records.printer.lost",
  printer_no_paper: "records.printer.no_paper",
  claim_moved_on: "overpaid.fault.moved_on",
  claim_unverified: "overpaid.fault.unverified",
  claim_excess: "overpaid.fault.excess",
  claim_original: "overpaid.fault.original",
  claim_handed_back: "overpaid.fault.handed_back",
  claim_tries_used: "overpaid.fault.tries_used",
  claim_answers_few: "overpaid.fault.answers_few",
  claim_tail_short: "overpaid.fault.tail_short",
  nothing_left: "overpaid.fault.nothing_left",
  amount_empty: "fault.amount_empty",
  amount_not_a_number: "fault.amount_not_a_number",
  amount_too_many_decimals: "fault.amount_too_many_decimals",
  amount_too_large: "fault.amount_too_large",
  bad_time: "fault.bad_time",
  bad_date: "fault.bad_date",
  gate_closed: "fault.gate_closed",
  amount_zero: "fault.amount_zero",
  amount_currency: "fault.amount_currency",
  over_remaining: "fault.over_remaining",
  over_share: "fault.over_share",
  amount_above_format: "fault.amount_above_format",
  reason_missing: "fault.reason_missing",
  note_missing: "fault.note_missing",
  rule_refused: "fault.rule_refused",
  not_entitled: "fault.not_entitled",
  difference_wrong: "fault.difference_wrong",
  void_not_possible: "fault.void_not_possible",
  destination_wrong: "fault.destination_wrong",
  approval_past: "export.blocked.approval_expired",
  own_request: "fault.own_request",
  above_own_limit: "fault.above_own_limit",
  reopened_before: "fault.reopened_before",
  goods_differ: "fault.goods_differ",
  resend_not_safe: "fault.resend_not_safe",
  other_device: "fault.other_device",
  line_unknown: "fault.line_unknown",
  line_over: "fault.line_over",
  lines_empty: "fault.lines_empty",
  line_amount_too_large: "fault.line_amount_too_large",
  bad_quantity: "fault.bad_quantity",
  bad_policy: "fault.bad_policy",
  voids_rights: "policy.voids_rights",
  not_allowed_now: "fault.not_allowed_now",
  evidence_missing: "fault.evidence_missing",
  reference_characters: "fault.reference_characters",
  evidence_in_future: "fault.evidence_in_future",
  next_contact_past: "fault.next_contact_past",
  range_backwards: "fault.range_backwards",
  range_too_long: "fault.range_too_long",
  paid_in_future: "fault.paid_in_future",
  number_characters: "fault.number_characters",
  goods_too_long: "fault.goods_too_long",
  card_number_in_text: "fault.card_number_in_text",
  case_unknown: "fault.case_unknown",
  payment_not_here: "fault.payment_not_here",
  import_in_use: "fault.import_in_use",
  not_linked: "fault.not_linked",
  import_taken_back: "fault.import_taken_back",
  not_unknown: "fault.not_unknown",
  goods_unseen: "fault.goods_unseen",
  clock_unusable: "fault.clock_unusable",
  locked: "fault.locked",
  payment_known: "fault.payment_known",
  number_length: "fault.number_length",
  channel_missing: "fault.channel_missing",
  payment_code: "fault.payment_code",
  typed_differs: "fault.typed_differs",
  quota: "fault.quota",
  closed: "fault.closed",
  corrupt: "fault.corrupt",
  newer_schema: "fault.newer_schema",
  clone: "fault.clone",
  unknown: "fault.unknown",
  head_moved: "fault.head_moved",
  chain_ended: "fault.chain_ended",
  copy_missing: "fault.copy_missing",
  not_writer: "fault.not_writer",
  over_refund: "fault.over_refund",
  camera_not_allowed: "fault.camera_not_allowed",
  camera_not_found: "fault.camera_not_found",
  camera_in_use: "fault.camera_in_use",
  camera_hung: "fault.camera_hung",
  camera_insecure: "fault.camera_insecure",
  camera_in_app_browser: "fault.camera_in_app_browser",
  camera_decoder_failed: "fault.camera_decoder_failed",
  camera_unknown: "fault.camera_unknown",
  picture_too_large: "fault.picture_too_large",
  picture_unreadable: "fault.picture_unreadable",
  no_code_in_picture: "fault.no_code_in_picture",
  note_too_long: "fault.note_too_long",
  pin_length: "fault.pin_length",
  pin_weak: "fault.pin_weak",
  pin_differs: "fault.pin_differs",
  key_not_kept: "fault.key_not_kept",
  shop_name_missing: "fault.shop_name_missing",
  owner_name_missing: "fault.owner_name_missing",
  wrong_recovery_code: "fault.wrong_recovery_code",
  person_unknown: "fault.person_unknown",
  pin_disabled: "fault.pin_disabled",
  pin_missing: "people.pin_missing",
  person_name_missing: "people.name_missing",
  last_owner: "people.last_owner",
  mail_wrong: "people.mail_wrong",
  setting_too_long: "people.setting_too_long",
  cutoff_wrong: "people.cutoff_wrong",
  lock_minutes_wrong: "people.lock_minutes_wrong",
  share_wrong: "people.share_wrong",
  nothing_to_export: "fault.nothing_to_export",
  batch_unknown: "fault.batch_unknown",
  batch_already_uploaded: "fault.batch_already_uploaded",
  batch_file_gone: "fault.batch_file_gone",
  not_a_statement: "fault.not_a_statement",
  packed_file: "fault.packed_file",
  payer_bill: "fault.payer_bill",
  no_bill_that_day: "fault.no_bill_that_day",
  header_unknown: "fault.header_unknown",
  too_large: "fault.too_large",
  ids_damaged: "fault.ids_damaged",
  cut: "fault.cut",
  totals_differ: "fault.totals_differ",
  no_summary: "fault.no_summary",
  aborted: "fault.aborted",
  file_unreadable: "fault.file_unreadable",
  worker_failed: "fault.worker_failed",
  already_imported: "fault.already_imported",
  import_gone: "fault.import_gone",
  constraint: "fault.constraint",
  photo_too_large: "fault.photo_too_large",
  photo_heic: "fault.photo_heic",
  photo_svg: "fault.photo_svg",
  photo_unreadable: "fault.photo_unreadable",
  photo_blank: "fault.photo_blank",
  photo_failed: "fault.photo_failed",
  photo_not_kept: "fault.photo_not_kept",
  photo_note_missing: "fault.photo_note_missing",
  file_type_unknown: "fault.file_type_unknown",
  evidence_too_large: "fault.evidence_too_large",
  evidence_full: "fault.evidence_full",
  attachment_gone: "fault.attachment_gone",
  attachment_damaged: "fault.attachment_damaged",
  last4_characters: "fault.last4_characters",
  code_unreadable: "proof.fault.code_unreadable",
  code_altered: "proof.fault.code_altered",
  signer_unknown: "proof.fault.signer_unknown",
  signer_role: "proof.fault.signer_role",
  signer_revoked: "proof.fault.signer_revoked",
  checkpoint_own: "proof.fault.checkpoint_own",
  nothing_recorded: "proof.fault.nothing_recorded",
  statement_not_ours: "proof.fault.statement_not_ours",
  chain_rolled_back: "proof.fault.chain_rolled_back",
  chain_forked: "proof.fault.chain_forked",
  own_chain_cut: "proof.fault.own_chain_cut",
  own_chain_forked: "proof.fault.own_chain_forked",
  ack_unreadable: "proof.fault.ack_unreadable",
  ack_not_ours: "proof.fault.ack_not_ours",
  ack_root_differs: "proof.fault.ack_root_differs",
  ack_status_missing: "proof.fault.ack_status_missing",
  ack_not_verified: "proof.fault.ack_not_verified",
  heads_unreadable: "transfer.fault.heads_unreadable",
  heads_of_other_shop: "transfer.fault.heads_of_other_shop",
  nothing_to_send: "transfer.fault.nothing_to_send",
  transfer_too_large: "transfer.fault.too_large",
  transfer_other: "transfer.fault.other",
  transfer_damaged: "transfer.fault.damaged",
  transfer_unreadable: "transfer.fault.unreadable",
  filter_unreadable: "transfer.fault.filter_unreadable",
  filter_of_other_shop: "transfer.fault.filter_of_other_shop",
  filter_own: "transfer.fault.filter_own",
  filter_in_future: "transfer.fault.filter_in_future",
  filter_too_old: "transfer.fault.filter_too_old",
  approval_unreadable: "phone.fault.approval_unreadable",
  approval_altered: "phone.fault.approval_altered",
  approval_other_till: "phone.fault.approval_other_till",
  approval_other_refund: "phone.fault.approval_other_refund",
  approval_amount_changed: "phone.fault.approval_amount_changed",
  approval_used: "phone.fault.approval_used",
  approval_expired: "phone.fault.approval_expired",
  approver_expired: "phone.fault.approver_expired",
  approver_revoked: "phone.fault.approver_revoked",
  approver_not_staff: "phone.fault.approver_not_staff",
  approver_unknown: "phone.fault.approver_unknown",
  above_phone_limit: "phone.fault.above_phone_limit",
  not_an_approver: "phone.fault.not_an_approver",
  request_unreadable: "phone.fault.request_unreadable",
  request_altered: "phone.fault.request_altered",
  till_unknown: "phone.fault.till_unknown",
  till_expired: "phone.fault.till_expired",
  till_revoked: "phone.fault.till_revoked",
  approver_key_lost: "phone.fault.approver_key_lost",
  key_not_trusted: "phone.fault.key_not_trusted",
  key_card_unreadable: "phone.fault.key_card_unreadable",
  invitation_unreadable: "devices.fault.invitation_unreadable",
  invitation_expired: "devices.fault.invitation_expired",
  device_request_unreadable: "devices.fault.device_request_unreadable",
  device_request_other: "devices.fault.device_request_other",
  request_known_key: "devices.fault.request_known_key",
  label_missing: "devices.fault.label_missing",
  label_taken: "devices.fault.label_taken",
  root_not_here: "devices.fault.root_not_here",
  answer_unreadable: "devices.fault.answer_unreadable",
  answer_other_key: "devices.fault.answer_other_key",
  answer_other_shop: "devices.fault.answer_other_shop",
  till_already: "devices.fault.till_already",
  answer_expired: "devices.fault.answer_expired",
  own_key: "devices.fault.own_key",
  former_key_gone: "devices.fault.former_key_gone",
  cut_unknown: "devices.fault.cut_unknown",
  revoked_before: "devices.fault.revoked_before",
  rotate_open_work: "devices.fault.rotate_open_work",
  status_unreadable: "devices.fault.status_unreadable",
  status_of_another: "devices.fault.status_of_another",
  nothing_to_erase: "erasure.fault.nothing",
  upload_in_practice: "uploads.practice",
  upload_not_queued: "uploads.fault.not_queued",
  upload_address_wrong: "uploads.fault.address_wrong",
  upload_address_insecure: "uploads.fault.address_insecure",
  upload_name_missing: "uploads.fault.name_missing",
  upload_secret_wrong: "uploads.fault.secret_wrong",
  upload_other_origin: "uploads.fault.other_origin",
  backup_not_ours: "backup.fault.not_ours",
  backup_newer: "backup.fault.newer",
  backup_wrong_code: "backup.fault.wrong_code",
  backup_damaged: "backup.fault.damaged",
  backup_not_genuine: "backup.fault.not_genuine",
  cash_differs: "proof.close.differs",
  backup_no_key: "backup.fault.no_key",
  backup_over: "backup.over",
  backup_in_practice: "backup.practice",
  backup_not_written: "backup.fault.not_written",
  restore_not_empty: "backup.fault.not_empty",
  nothing_to_go_on: "backup.fault.nothing_to_go_on",
  unexpected: "fault.unexpected",
} as const satisfies Record<KnownFault["kind"], MessageKey>;
