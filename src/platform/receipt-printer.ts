import {
  askPaper,
  readPaper,
  writeRaster,
  type PaperState,
  type Picture,
  type PrinterFault,
  type PrinterWay,
} from "../domain/escpos.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { openPrinter, type PrinterPort } from "./printer-ports.ts";

/** What browsers throw, by the name of the error. */
const faults: Readonly<Record<string, PrinterFault["kind"]>> = {
  NotFoundError: "printer_not_chosen",
  AbortError: "printer_not_chosen",
  SecurityError: "printer_not_allowed",
  NotAllowedError: "printer_not_allowed",
  NetworkError: "printer_lost",
  InvalidStateError: "printer_lost",
};

const faultOf = (error: unknown, otherwise: PrinterFault["kind"]): PrinterFault => ({
  kind: (error instanceof Error ? faults[error.name] : undefined) ?? otherwise,
});

/** The printer that was printed on last, by how it is reached: it is not asked for again while it answers. */
const open = new Map<PrinterWay, PrinterPort>();

const portOf = async (way: PrinterWay): Promise<Result<PrinterPort, PrinterFault>> => {
  const known = open.get(way);
  if (known !== undefined) return ok(known);
  const port = await openPrinter(way).catch((error: unknown) =>
    fail(faultOf(error, "printer_busy")),
  );
  if (port.ok) open.set(way, port.value);
  return port;
};

const answerMs = 400;

/** What the paper sensor says, where the printer says anything in time. */
const paperOf = async ({ write, hear }: PrinterPort): Promise<PaperState | undefined> => {
  if (hear === undefined) return undefined;
  const said = hear().catch(() => undefined); // a cable pulled out breaks it beside the write, which tells
  await write(askPaper);
  const silence = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), answerMs);
  });
  return readPaper(await Promise.race([said, silence]));
};

const send = async (
  port: PrinterPort,
  picture: Picture,
  onProgress: (done: number, of: number) => void,
): Promise<void> => {
  const parts = writeRaster(picture);
  const of = parts.reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  for (const part of parts)
    for (let at = 0; at < part.length; at += port.most) {
      const piece = part.slice(at, at + port.most);
      await port.write(piece);
      done += piece.length;
      onProgress(done, of);
    }
};

/** Closes what does not answer any more; the next print asks for a printer again. */
const forget = async (way: PrinterWay, port: PrinterPort): Promise<void> => {
  open.delete(way);
  await Promise.resolve(port.close()).catch(() => undefined); // it may be gone already
};

/** Prints a picture on a receipt printer that the person chooses in the browser's list. */
export const printReceipt = async (
  way: PrinterWay,
  picture: Picture,
  onProgress: (done: number, of: number) => void,
): Promise<Result<{ readonly paper: PaperState | undefined }, PrinterFault>> => {
  const port = await portOf(way);
  if (!port.ok) return port;
  try {
    if ((await paperOf(port.value)) === "out") return fail({ kind: "printer_no_paper" });
    await send(port.value, picture, onProgress);
    const paper = await paperOf(port.value);
    return paper === "out" ? fail({ kind: "printer_no_paper" }) : ok({ paper });
  } catch (error) {
    await forget(way, port.value);
    const { kind } = faultOf(error, "printer_lost");
    return fail({ kind: kind === "printer_not_chosen" ? "printer_lost" : kind });
  }
};
