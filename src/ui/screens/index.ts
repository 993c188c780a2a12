import type { ComponentType } from "preact";

import type { Route, RouteName, RouteOf } from "../routes.ts";
import { later } from "./later.tsx";

type Place = {
  /** Tablet: the root that stays at the left while this is open, the last visited of these. */
  readonly beside?: readonly RouteName[];
  /** Tablet: this is such a root; shown at its right while nothing is open. */
  readonly alone?: ComponentType;
  /** No tabs, no rail, no second pane: what customers see, and what comes before a shop is open. */
  readonly bare?: true;
  /** White ground in every theme: what is shown to customers. */
  readonly paper?: true;
};

/** A screen and where it stands on tablets. */
export type Screen<Name extends RouteName> = Place & {
  readonly show: ComponentType<{ readonly route: RouteOf<Name> }>;
};

/** A screen of which the frame does not know the name; it gets the route it was found by. */
export type AnyScreen = Place & {
  readonly show: ComponentType<{ readonly route: Route }>;
};

/**
 * Every screen by the name of its route; a new one is one line here, in routes.ts and in screens.css.
 * Their code comes with the first visit: the first load is the frame alone.
 */
export const screens: { readonly [Name in RouteName]?: Screen<Name> } = {
  export: {
    show: later(async () => (await import("./export/export-screen.tsx")).ExportScreen),
    beside: ["records"],
  },
  plan: {
    show: later(async () => (await import("./plan/plan-screen.tsx")).PlanScreen),
    beside: ["records"],
  },
  approval: {
    show: later(async () => (await import("./approval/approval-screen.tsx")).ApprovalScreen),
    beside: ["scan", "records"],
  },
  approve_phone: {
    show: later(
      async () => (await import("./approve-phone/approve-phone-screen.tsx")).ApprovePhoneScreen,
    ),
    beside: ["scan", "records"],
  },
  answer_approval: {
    show: later(
      async () =>
        (await import("./answer-approval/answer-approval-screen.tsx")).AnswerApprovalScreen,
    ),
    beside: ["scan"],
  },
  goods: {
    show: later(async () => (await import("./goods/goods-screen.tsx")).GoodsScreen),
    beside: ["scan", "records"],
  },
  terminal: {
    show: later(async () => (await import("./terminal/terminal-screen.tsx")).TerminalScreen),
    beside: ["scan", "records"],
  },
  refusal: {
    show: later(async () => (await import("./refusal/refusal-screen.tsx")).RefusalScreen),
    beside: ["scan", "records"],
  },
  receipt: {
    show: later(async () => (await import("./receipt/receipt-screen.tsx")).ReceiptScreen),
    beside: ["records"],
  },
  records: {
    show: later(async () => (await import("./records/records-screen.tsx")).RecordsScreen),
    alone: later(async () => (await import("./records/records-screen.tsx")).RecordsAlone),
  },
  refund: {
    show: later(async () => (await import("./refund/refund-screen.tsx")).RefundScreen),
    beside: ["records"],
  },
  result: {
    show: later(async () => (await import("./result/result-screen.tsx")).ResultScreen),
    beside: ["records"],
  },
  form: {
    show: later(async () => (await import("./form/form-screen.tsx")).FormScreen),
    beside: ["records"],
  },
  form_blank: {
    show: later(async () => (await import("./form/form-screen.tsx")).BlankFormScreen),
    beside: ["more"],
  },
  dispute: {
    show: later(async () => (await import("./dispute/dispute-screen.tsx")).DisputeScreen),
    beside: ["records"],
  },
  show: {
    show: later(async () => (await import("./show/show-screen.tsx")).ShowScreen),
    bare: true,
    paper: true,
  },
  todo: {
    show: later(async () => (await import("./todo/todo-screen.tsx")).TodoScreen),
    beside: ["records"],
  },
  overpaid: {
    show: later(async () => (await import("./overpaid/overpaid-screen.tsx")).OverpaidScreen),
    beside: ["records", "more"],
  },
  claim: { show: later(async () => (await import("./overpaid/claim-screen.tsx")).ClaimScreen) },
  claim_paper: { show: later(async () => (await import("./overpaid/paper-screen.tsx")).Papers) },
  outbox: {
    show: later(async () => (await import("./outbox/outbox-screen.tsx")).OutboxScreen),
    beside: ["records"],
  },
  send: {
    show: later(async () => (await import("./send/send-screen.tsx")).SendScreen),
    beside: ["records", "more"],
  },
  receive: {
    show: later(async () => (await import("./receive/receive-screen.tsx")).ReceiveScreen),
    beside: ["more"],
  },
  sale_filter: {
    show: later(
      async () => (await import("./sale-filter/sale-filter-screen.tsx")).SaleFilterScreen,
    ),
    beside: ["more"],
  },
  import_results: {
    show: later(
      async () => (await import("./import-results/import-results-screen.tsx")).ImportResultsScreen,
    ),
    beside: ["records"],
  },
  upload: {
    show: later(async () => (await import("./upload/upload-screen.tsx")).UploadScreen),
    beside: ["records"],
  },
  uploads: {
    show: later(async () => (await import("./uploads/uploads-screen.tsx")).UploadsScreen),
    beside: ["more"],
  },
  new_refund: {
    show: later(async () => (await import("./new-refund/new-refund-screen.tsx")).NewRefundScreen),
    beside: ["scan", "records"],
  },
  recorded: {
    show: later(async () => (await import("./recorded/recorded-screen.tsx")).RecordedScreen),
    beside: ["scan", "records"],
  },
  scan: {
    show: later(async () => (await import("./scan/scan-screen.tsx")).ScanScreen),
    alone: later(async () => (await import("./scan/scan-screen.tsx")).ScanAlone),
  },
  type: {
    show: later(async () => (await import("./type/type-screen.tsx")).TypeScreen),
    beside: ["scan"],
  },
  find: {
    show: later(async () => (await import("./find/find-screen.tsx")).FindScreen),
    beside: ["scan"],
  },
  new_payment: {
    show: later(
      async () => (await import("./new-payment/new-payment-screen.tsx")).NewPaymentScreen,
    ),
    beside: ["scan"],
  },
  more: {
    show: later(async () => (await import("./more/more-screen.tsx")).MoreScreen),
    alone: later(async () => (await import("./more/more-screen.tsx")).MoreAlone),
  },
  look: {
    show: later(async () => (await import("./look/look-screen.tsx")).LookScreen),
    beside: ["more"],
  },
  privacy: {
    show: later(async () => (await import("./privacy/privacy-screen.tsx")).PrivacyScreen),
    beside: ["more"],
  },
  audit: {
    show: later(async () => (await import("./audit/audit-screen.tsx")).AuditScreen),
    beside: ["more"],
  },
  backup: {
    show: later(async () => (await import("./backup/backup-screen.tsx")).BackupScreen),
    beside: ["more"],
  },
  restore: {
    show: later(async () => (await import("./restore/restore-screen.tsx")).RestoreScreen),
    bare: true,
  },
  storage: {
    show: later(async () => (await import("./storage/storage-screen.tsx")).StorageScreen),
    beside: ["more"],
  },
  train: {
    show: later(async () => (await import("./train/train-screen.tsx")).TrainScreen),
    beside: ["more"],
  },
  help: {
    show: later(async () => (await import("./help/help-screen.tsx")).HelpScreen),
    beside: ["more"],
  },
  about: {
    show: later(async () => (await import("./about/about-screen.tsx")).AboutScreen),
    beside: ["more"],
  },
  rescue: {
    show: later(async () => (await import("./rescue/rescue-screen.tsx")).RescueScreen),
    bare: true,
  },
  acquirers: {
    show: later(async () => (await import("./acquirers/acquirers-screen.tsx")).AcquirersScreen),
    beside: ["more"],
  },
  acquirer: {
    show: later(async () => (await import("./acquirers/acquirer-screen.tsx")).AcquirerScreen),
    beside: ["more"],
  },
  acquirer_edit: {
    show: later(
      async () => (await import("./acquirers/acquirer-edit-screen.tsx")).AcquirerEditScreen,
    ),
    beside: ["more"],
  },
  acquirer_columns: {
    show: later(async () => (await import("./acquirers/columns-screen.tsx")).ColumnsScreen),
    beside: ["more"],
  },
  support: {
    show: later(async () => (await import("./support/support-screen.tsx")).SupportScreen),
    beside: ["records"],
  },
  recon: { show: later(async () => (await import("./recon/recon-screen.tsx")).ReconScreen) },
  insights: {
    show: later(async () => (await import("./insights/insights-screen.tsx")).InsightsScreen),
  },
  import_statement: {
    show: later(
      async () =>
        (await import("./import-statement/import-statement-screen.tsx")).ImportStatementScreen,
    ),
  },
  merge: { show: later(async () => (await import("./merge/merge-screen.tsx")).MergeScreen) },
  verify: {
    show: later(async () => (await import("./verify/verify-screen.tsx")).VerifyScreen),
    beside: ["more"],
  },
  ack: { show: later(async () => (await import("./ack/ack-screen.tsx")).AckScreen) },
  checkpoint: {
    show: later(async () => (await import("./checkpoint/checkpoint-screen.tsx")).CheckpointScreen),
    beside: ["more"],
  },
  close: {
    show: later(async () => (await import("./close/close-screen.tsx")).CloseScreen),
    beside: ["more"],
  },
  slip: {
    show: later(async () => (await import("./slip/slip-screen.tsx")).SlipScreen),
    bare: true,
    paper: true,
  },
  staff: {
    show: later(async () => (await import("./staff/staff-screen.tsx")).StaffScreen),
    beside: ["more"],
  },
  staff_new: {
    show: later(async () => (await import("./staff/new-person-screen.tsx")).NewPersonScreen),
    beside: ["more"],
  },
  person: {
    show: later(async () => (await import("./staff/person-screen.tsx")).PersonScreen),
    beside: ["more"],
  },
  devices: {
    show: later(async () => (await import("./devices/devices-screen.tsx")).DevicesScreen),
    beside: ["more"],
  },
  device_add: {
    show: later(async () => (await import("./devices/add-device-screen.tsx")).AddDeviceScreen),
    beside: ["more"],
  },
  join: {
    show: later(async () => (await import("./join/join-screen.tsx")).JoinScreen),
    bare: true,
  },
  policy: {
    show: later(async () => (await import("./policy/policy-screen.tsx")).PolicyScreen),
    beside: ["more"],
  },
  policy_text: {
    show: later(async () => (await import("./policy/policy-text-screen.tsx")).PolicyTextScreen),
    bare: true,
    paper: true,
  },
  poster: {
    show: later(async () => (await import("./policy/poster-screen.tsx")).PosterScreen),
    beside: ["more"],
  },
  shop: {
    show: later(async () => (await import("./shop/shop-screen.tsx")).ShopScreen),
    beside: ["more"],
  },
  unlock: {
    show: later(async () => (await import("./unlock/unlock-screen.tsx")).UnlockScreen),
    bare: true,
  },
  welcome: {
    show: later(async () => (await import("./welcome/welcome-screen.tsx")).WelcomeScreen),
    bare: true,
  },
};
