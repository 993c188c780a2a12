import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import { writeRef } from "../../../domain/ids.ts";
import type { Refusal } from "../../../domain/refund/refusal.ts";
import { listRefusals, pageSize } from "../../../storage/queries.ts";
import { StateBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Row } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { refusalText } from "../refund/case-words.ts";
import { groupDays } from "./day-groups.ts";
import { DayList } from "./day-list.tsx";

const RefusalRow = ({ refusal }: { readonly refusal: Refusal }) => {
  const format = useFormat();
  return (
    <Row
      title={refusalText(refusal.reason)}
      facts={[
        format.clock(refusal.at),
        refusal.text === undefined ? undefined : (
          <bdi key="text">{visibleText(refusal.text).text}</bdi>
        ),
      ]}
      end={<StateBadge state="refused" short />}
      href={linkTo("refusal", { ref: writeRef(refusal.ref) })}
    />
  );
};

/** Requests that were declined before there was any refund, newest first (R24). */
export const RefusalList = ({ onClear }: { readonly onClear: () => void }) => {
  const deps = useDeps();
  const { shop } = useShell();
  const limit = useSignal(pageSize);
  const found = readyValue(
    useLive(
      () => limit.value + 1,
      (wanted) => listRefusals(deps.journal.db, { limit: wanted }),
    ).value,
  );
  if (found === undefined) return undefined;
  if (found.length === 0)
    return (
      <Empty icon="search" text={t("records.none")}>
        <Button onClick={onClear}>{t("records.clear")}</Button>
      </Empty>
    );
  const more = found.length > limit.value;
  const days = groupDays(found.slice(0, limit.value), {
    at: ({ at }) => at,
    amount: () => undefined,
    calendar: shop.calendar,
    more,
  });
  return (
    <DayList of="refunds" days={days} more={more} onMore={() => (limit.value += pageSize)}>
      {(refusal) => <RefusalRow key={writeRef(refusal.ref)} refusal={refusal} />}
    </DayList>
  );
};
