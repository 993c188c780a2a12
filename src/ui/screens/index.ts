import type { ComponentType } from "preact";

import type { Route, RouteName, RouteOf } from "../routes.ts";
import { ExportScreen } from "./export/export-screen.tsx";
import { ReceiptScreen } from "./receipt/receipt-screen.tsx";
import { RecordsAlone, RecordsScreen } from "./records/records-screen.tsx";
import { RefundScreen } from "./refund/refund-screen.tsx";
import { ResultScreen } from "./result/result-screen.tsx";
import { ShowScreen } from "./show/show-screen.tsx";
import { UploadScreen } from "./upload/upload-screen.tsx";
import { FindScreen } from "./find/find-screen.tsx";
import { NewPaymentScreen } from "./new-payment/new-payment-screen.tsx";
import { NewRefundScreen } from "./new-refund/new-refund-screen.tsx";
import { RecordedScreen } from "./recorded/recorded-screen.tsx";
import { ScanAlone, ScanScreen } from "./scan/scan-screen.tsx";
import { ShopScreen } from "./shop/shop-screen.tsx";
import { TypeScreen } from "./type/type-screen.tsx";
import { UnlockScreen } from "./unlock/unlock-screen.tsx";
import { WelcomeScreen } from "./welcome/welcome-screen.tsx";

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

/** Every screen by the name of its route; a new one is one line here, in routes.ts and in screens.css. */
export const screens: { readonly [Name in RouteName]?: Screen<Name> } = {
  export: { show: ExportScreen, beside: ["records"] },
  receipt: { show: ReceiptScreen, beside: ["records"] },
  records: { show: RecordsScreen, alone: RecordsAlone },
  refund: { show: RefundScreen, beside: ["records"] },
  result: { show: ResultScreen, beside: ["records"] },
  show: { show: ShowScreen, bare: true, paper: true },
  upload: { show: UploadScreen, beside: ["records"] },
  new_refund: { show: NewRefundScreen, beside: ["scan", "records"] },
  recorded: { show: RecordedScreen, beside: ["scan", "records"] },
  scan: { show: ScanScreen, alone: ScanAlone },
  type: { show: TypeScreen, beside: ["scan"] },
  find: { show: FindScreen, beside: ["scan"] },
  new_payment: { show: NewPaymentScreen, beside: ["scan"] },
  shop: { show: ShopScreen, beside: ["more"] },
  unlock: { show: UnlockScreen, bare: true },
  welcome: { show: WelcomeScreen, bare: true },
};
