import { Button } from "../../components/button.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { CodesInPicture } from "./codes-in-picture.tsx";
import type { Question, Readings } from "./use-readings.ts";

/** T1d: an order number and a payment code look alike; the text stays in memory until one is chosen. */
const WhichCode = ({
  question,
  readings,
}: {
  readonly question: Extract<Question, { kind: "ask" }>;
  readonly readings: Readings;
}) => {
  const format = useFormat();
  const { shown, date, number } = question;
  const day = date === undefined ? "" : format.day(date);
  return (
    <Sheet title={t("scan.which.title")} onClose={readings.closeQuestion}>
      <p>{t("scan.which.text", { shown, date: day })}</p>
      <div class="u-tight">
        <Button onClick={() => void readings.answerOrder(number)}>{t("scan.which.order")}</Button>
        <Button onClick={readings.answerPaymentCode}>{t("scan.which.payer")}</Button>
      </div>
    </Sheet>
  );
};

/** T1c: codes that were seen together, numbered in the picture of them and in the list. */
const SeveralCodes = ({
  question: { offered, picture },
  readings,
}: {
  readonly question: Extract<Question, { kind: "choose" }>;
  readonly readings: Readings;
}) => (
  <Sheet title={t("scan.several.title")} onClose={readings.closeQuestion}>
    {picture !== undefined && (
      <CodesInPicture picture={picture} frames={offered.map(({ corners }) => corners)} />
    )}
    <Rows>
      {offered.map(({ kind, tail, reading }, index) => (
        <Row
          key={index}
          title={t("scan.several.row", { n: index + 1, kind: t(`scan.kind.${kind}`) })}
          facts={[tail !== undefined && t("word.tail", { tail })]}
          chevron
          onClick={() => readings.answer(reading)}
        />
      ))}
    </Rows>
  </Sheet>
);

/** Sheets of a screen that reads codes: T1c several codes, T1d which code. */
export const Questions = ({ readings }: { readonly readings: Readings }) => {
  const question = readings.question.value;
  if (question === undefined) return undefined;
  if (question.kind === "ask") return <WhichCode question={question} readings={readings} />;
  return <SeveralCodes question={question} readings={readings} />;
};
