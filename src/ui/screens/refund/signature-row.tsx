import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { writeRef, type RecordRef } from "../../../domain/ids.ts";
import { checkRecord, type RecordCheck } from "../../../usecases/check-record.ts";
import { Tag } from "../../components/badge.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";

/** Verifies the stored bytes each time the page opens or the record changes; undefined while it runs. */
export const useRecordCheck = (ref: RecordRef): RecordCheck | undefined => {
  const deps = useDeps();
  const check = useSignal<RecordCheck | undefined>(undefined);
  useLayoutEffect(() => {
    let open = true;
    checkRecord(deps, ref).then((result) => {
      if (open) check.value = result;
    }, reportError);
    return () => {
      open = false;
    };
  }, [writeRef(ref)]);
  return check.value;
};

/** 签名有效, verified on this device from the stored bytes, or what is wrong. */
export const SignatureTag = ({ check }: { readonly check: RecordCheck | undefined }) => {
  if (check === undefined) return <span class="u-small">{t("records.signature.checking")}</span>;
  switch (check.kind) {
    case "signature_good":
      return (
        <Tag icon="shield-check" tone="arrived">
          {t("records.signature.good")}
        </Tag>
      );
    case "other_device":
      return (
        <Tag icon="info" tone="neutral">
          {t("records.signature.other")}
        </Tag>
      );
    case "signature_bad":
      return (
        <Tag icon="triangle-alert" tone="danger">
          {t("records.signature.bad")}
        </Tag>
      );
  }
};
