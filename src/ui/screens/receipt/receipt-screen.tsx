import { useSignal } from "@preact/signals";

import { latestAttempt } from "../../../domain/refund/case.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { tellCustomer } from "../../../usecases/tell-customer.ts";
import { announce } from "../../components/announce.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { language, t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { PaperChoice, usePaper } from "../../print/paper-choice.tsx";
import { RollPrinters } from "../../print/roll-printers.tsx";
import { Slip } from "../../print/slip.tsx";
import { slipLines } from "../../print/slip-lines.ts";
import { drawSlip } from "../../print/slip-picture.ts";
import { CasePage } from "../refund/case-page.tsx";
import { useCaseFile } from "../refund/use-case-file.ts";

const ReceiptView = ({ file }: { readonly file: CaseFile }) => {
  const deps = useDeps();
  const { print, deliver } = useAbilities();
  const { shop } = useShell();
  const format = useFormat();
  const { paper, change } = usePaper();
  const fault = useSignal<KnownFault | undefined>(undefined);
  const refused = useSignal(false);
  const { refundCase } = file;
  const lines = slipLines(file, { shop: shop.name, paper: paper.value, format });
  const tell = async (via: "print" | "share"): Promise<void> => {
    const notice = { via, language: language.peek() };
    const saved = await tellCustomer(deps, refundCase.caseId, notice);
    fault.value = saved.ok ? undefined : saved.fault;
  };
  const printNow = async (): Promise<void> => {
    print(paper.peek()); // the slip as it stands now, before its next copy has a number
    await tell("print");
  };
  const share = async (): Promise<void> => {
    const title = t("records.slip.file", { number: latestAttempt(refundCase).refundNo });
    const bytes = await drawSlip(lines, paper.peek());
    const out = await deliver({ name: `${title}.png`, type: "image/png", bytes }, title);
    refused.value = out === "blocked";
    if (out === "cancelled" || out === "blocked") return;
    announce(t(`records.tell.${out}`));
    await tell("share");
  };
  return (
    <>
      <PaperChoice paper={paper.value} onPick={change} />
      <div class="receipt-desk">
        <Slip lines={lines} paper={paper.value} />
      </div>
      {refundCase.copies > 0 && (
        <p class="u-small u-center">{t("records.slip.printed", { n: refundCase.copies })}</p>
      )}
      <Button icon="image" onClick={() => void share()}>
        {t("records.slip.share")}
      </Button>
      <RollPrinters lines={lines} paper={paper.value} onPrinted={() => tell("print")} />
      {refused.value && <FaultLine>{t("records.slip.refused")}</FaultLine>}
      <FaultNote fault={fault.value} />
      <BottomBar>
        <Button kind="primary" icon="printer" onClick={() => void printNow()}>
          {t("records.slip.print", { amount: format.money(latestAttempt(refundCase).amount) })}
        </Button>
      </BottomBar>
    </>
  );
};

/** D2: the slip as it will be printed, or shared as a picture. */
export const ReceiptScreen = ({ route }: { readonly route: RouteOf<"receipt"> }) => {
  const { id } = route.args;
  const live = useCaseFile(id);
  return (
    <>
      <PageHeader title={t("records.slip.page")} back={linkTo("refund", { id })} />
      <CasePage live={live}>{(file) => <ReceiptView file={file} />}</CasePage>
    </>
  );
};
