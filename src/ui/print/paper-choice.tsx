import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { keepPreference, readPreference } from "../../usecases/preferences.ts";
import { Segments } from "../components/segments.tsx";
import { t } from "../language.ts";
import type { SlipPaper } from "./slip-lines.ts";

const papers: readonly SlipPaper[] = ["slip_58", "slip_80"];

const preference = "slip_paper";

/** The roll this device prints on, kept for the next slip. */
export const usePaper = () => {
  const paper = useSignal<SlipPaper>("slip_58");
  useLayoutEffect(() => {
    void readPreference(preference).then((kept) => {
      paper.value = papers.find((one) => one === kept) ?? "slip_58";
    });
  }, []);
  const change = (picked: SlipPaper): void => {
    paper.value = picked;
    void keepPreference(preference, picked);
  };
  return { paper, change };
};

/** Which roll a slip is for. */
export const PaperChoice = ({
  paper,
  onPick,
}: {
  readonly paper: SlipPaper;
  readonly onPick: (paper: SlipPaper) => void;
}) => (
  <Segments
    label={t("records.slip.paper")}
    name="slip-paper"
    choices={papers.map((value) => ({ value, label: t(`records.slip.${value}`) }))}
    value={paper}
    onPick={onPick}
  />
);
