import { channelDeadline } from "../../../domain/policy/channel-window.ts";
import { shopDeadline } from "../../../domain/policy/shop-window.ts";
import type { RefundContext } from "../../../domain/refund/draft.ts";
import { Banner } from "../../components/banner.tsx";
import { Facts } from "../../components/facts.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import type { OnePayment } from "./load-payment.ts";
import type { Editor } from "./use-editor.ts";

/** By when the shop and the acquirer take it back (R43); unknown without the time of the payment. */
const deadlinesOf = (context: RefundContext, format: Format): readonly string[] => {
  const { payment, policy, profile, calendar } = context;
  if (payment?.paidAt === undefined) return [];
  const { refundWindowDays: days } = profile;
  const shop = format.day(shopDeadline(payment.paidAt, policy.rules.windowDays, calendar));
  const own = t("refund.terms.shop", { date: shop });
  if (days === undefined) return [own];
  const time = format.time(channelDeadline(payment.paidAt, days, calendar));
  return [own, t("refund.terms.channel", { time })];
};

/** What follows from a refund besides its amount: what becomes of the fee (X20), and until when it is possible. */
export const TermsPart = ({
  editor,
  context,
}: {
  readonly editor: Editor;
  readonly context: RefundContext;
}) => {
  const format = useFormat();
  const { type, destination } = editor.entry.value;
  if (type === "decline") return undefined;
  const { feeRule } = context.profile;
  const effect = type === "void" && feeRule === "void_only" ? "pro_rata" : feeRule;
  const fee = destination === "original" ? t(`acquirers.fee.${effect}`) : undefined;
  return <Facts facts={[fee, ...deadlinesOf(context, format)]} />;
};

/** A personal transfer: there is no refund, the money is sent back from the wallet and recorded here (X22). */
export const TransferPart = ({ one }: { readonly one: OnePayment }) =>
  one.found.payment.state === "transfer" ? (
    <Banner tone="warn" title={t("refund.gate.transfer")}>
      {t("refund.gate.transfer_more")}
    </Banner>
  ) : undefined;
