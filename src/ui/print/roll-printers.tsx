import { useSignal } from "@preact/signals";

import type { PrinterWay } from "../../domain/escpos.ts";
import { announce } from "../components/announce.ts";
import { Banner } from "../components/banner.tsx";
import { Button } from "../components/button.tsx";
import { FaultNote } from "../components/fault-note.tsx";
import { Fold } from "../components/fold.tsx";
import { Progress } from "../components/progress.tsx";
import { useAbilities } from "../deps.tsx";
import { useJob } from "../job.ts";
import { t } from "../language.ts";
import type { SlipLine, SlipPaper } from "./slip-lines.ts";
import { slipDots } from "./slip-picture.ts";

type Printed = {
  readonly lines: readonly SlipLine[];
  readonly paper: SlipPaper;
  /** Called when everything was sent; whether it is on paper only a person sees. */
  readonly onPrinted: () => Promise<void>;
};

const usePrinting = ({ lines, paper, onPrinted }: Printed) => {
  const { printReceipt } = useAbilities();
  const { busy, fault, run } = useJob();
  const progress = useSignal<readonly [done: number, of: number]>([0, 1]);
  const said = useSignal<string | undefined>(undefined);
  const print = async (way: PrinterWay): Promise<void> => {
    said.value = undefined;
    progress.value = [0, 1];
    await run(async () => {
      const printed = await printReceipt(way, slipDots(lines, paper), (...now) => {
        progress.value = now;
      });
      if (!printed.ok) return printed.fault;
      said.value = t(`records.printer.${printed.value.paper === "near_end" ? "near_end" : "sent"}`);
      announce(said.value);
      await onPrinted();
      return undefined;
    });
  };
  return { busy, fault, progress, said, print };
};

const Ways = ({ ways, ...printed }: Printed & { readonly ways: readonly PrinterWay[] }) => {
  const { busy, fault, progress, said, print } = usePrinting(printed);
  const [done, of] = progress.value;
  return (
    <Fold title={t("records.printer.title")}>
      <p class="u-small">{t("records.printer.note")}</p>
      {ways.map((way) => (
        <Button key={way} icon="printer" busy={busy.value} onClick={() => void print(way)}>
          {t(`records.printer.${way}`)}
        </Button>
      ))}
      {busy.value && <Progress label={t("records.printer.working")} done={done} of={of} />}
      {said.value !== undefined && <Banner tone="info" icon="check" title={said.value} />}
      <FaultNote fault={fault.value} />
    </Fold>
  );
};

/** The slip straight to a receipt printer, dot by dot; nothing at all where the browser cannot reach one. */
export const RollPrinters = (printed: Printed) => {
  const { printerWays } = useAbilities();
  return printerWays.length === 0 ? undefined : <Ways ways={printerWays} {...printed} />;
};
