import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { DeviceId } from "../../../domain/ids.ts";
import { overRefunded, type Payment } from "../../../domain/payment.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { excessOf } from "../../../domain/refund/conflict.ts";
import { commandAllowed } from "../../../domain/refund/money-track.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { Tag } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { nameOf } from "./case-words.ts";
import { KeepSheet, WithdrawForConflict } from "./conflict-sheets.tsx";

type Devices = Pick<CaseFile, "devices">;

/** `T2`, or that it is the one in hand. */
const useLabel = ({ devices }: Devices) => {
  const here = useDeps().device;
  return (device: DeviceId): string => {
    const { label } = devices.find((one) => one.device === device) ?? { label: "" };
    const shown = visibleText(label).text;
    return device === here ? [shown, t("merge.this_device")].join(t("word.separator")) : shown;
  };
};

/** Another device recorded it: what can be done is done there. */
export const Elsewhere = ({ file }: { readonly file: CaseFile }) => {
  const label = useLabel(file);
  const { elsewhere, device } = file.refundCase;
  if (!elsewhere) return undefined;
  return (
    <Banner tone="neutral" icon="info" title={t("merge.elsewhere", { device: label(device) })}>
      {t("merge.elsewhere_more")}
    </Banner>
  );
};

/** One of the refunds: which device, who, how well proven, and whether it is the one that waits. */
const Rival = ({
  one,
  file,
  payment,
}: {
  readonly one: RefundCase;
  readonly file: CaseFile;
  readonly payment: Payment;
}) => {
  const format = useFormat();
  const label = useLabel(file);
  const excess = excessOf(payment).get(one.caseId);
  const grade = payment.proofs.find(({ device }) => device === one.device)?.grade;
  const people = file.devices.find(({ device }) => device === one.device)?.people ?? [];
  const isThis = one.caseId === file.refundCase.caseId;
  return (
    <Row
      title={label(one.device)}
      facts={[
        <bdi key="who">{nameOf(people, one.requestedBy)}</bdi>,
        format.time(one.createdAt),
        grade && t("merge.conflict.grade", { grade }),
      ]}
      amount={latestAttempt(one).amount}
      end={
        <Tag
          icon={excess === undefined ? "check" : "git-compare"}
          tone={excess === undefined ? "neutral" : "danger"}
        >
          {t(
            excess === undefined
              ? "merge.conflict.goes"
              : `merge.conflict.${excess === "conflict" ? "waits" : "over_refund"}`,
          )}
        </Tag>
      }
      href={isThis ? undefined : linkTo("refund", { id: one.caseId })}
    />
  );
};

type Open = "keep" | "withdraw";

/** On its own device somebody decides; money that may have left comes back first (M9). */
const Decide = ({ file }: { readonly file: CaseFile }) => {
  const open = useSignal<Open | undefined>(undefined);
  const { refundCase } = file;
  const { money, batchId } = latestAttempt(refundCase);
  const close = (): void => {
    open.value = undefined;
  };
  return (
    <>
      <Button kind="primary" icon="check" onClick={() => (open.value = "keep")}>
        {t("merge.conflict.keep")}
      </Button>
      {commandAllowed(money, "withdrawn") && (
        <Button icon="undo-2" onClick={() => (open.value = "withdraw")}>
          {t("merge.conflict.withdraw")}
        </Button>
      )}
      {money === "exported" && batchId !== undefined && (
        <ButtonLink icon="undo-2" href={linkTo("upload", { batch: batchId })}>
          {t("merge.conflict.recall_first")}
        </ButtonLink>
      )}
      {open.value === "keep" && <KeepSheet refundCase={refundCase} onClose={close} />}
      {open.value === "withdraw" && <WithdrawForConflict refundCase={refundCase} onClose={close} />}
    </>
  );
};

const Waiting = ({ file, waits }: { readonly file: CaseFile; readonly waits: RefundCase }) => {
  const label = useLabel(file);
  if (waits.elsewhere) return <p>{t("merge.conflict.on", { device: label(waits.device) })}</p>;
  return waits.caseId === file.refundCase.caseId ? <Decide file={file} /> : undefined;
};

/** What several devices recorded of a payment that cannot give it all (C6). */
export const ConflictPart = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const { payment, refundCase, others } = file;
  if (payment === undefined || excessOf(payment).size === 0) return undefined;
  const counted = new Set(
    payment.claims.filter(({ standing }) => standing !== "frees").map(({ caseId }) => caseId),
  );
  const rivals = [refundCase, ...others].filter(({ caseId }) => counted.has(caseId));
  return (
    <section class="u-tight">
      <Banner tone="danger" icon="git-compare" title={t("merge.conflict.title")}>
        <p>{t("merge.conflict.over", { amount: format.money(overRefunded(payment)) })}</p>
        <p class="u-small">{t("merge.conflict.rule")}</p>
      </Banner>
      <Rows>
        {rivals.map((one) => (
          <Rival key={one.caseId} one={one} file={file} payment={payment} />
        ))}
      </Rows>
      {rivals
        .filter(({ conflict }) => conflict)
        .map((waits) => (
          <Waiting key={waits.caseId} file={file} waits={waits} />
        ))}
    </section>
  );
};
