import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";

import type { RescueFile } from "../../../usecases/export-rescue.ts";
import { announce } from "../../components/announce.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { useAbilities } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";

/** Gathered as soon as the page opens: a share sheet must follow the tap at once. */
const useRescueFile = (gather: () => Promise<RescueFile>): RescueFile | undefined => {
  const gathered = useSignal<RescueFile | undefined>(undefined);
  useLayoutEffect(() => {
    void gather().then((file) => {
      gathered.value = file;
    });
  }, []);
  return gathered.value;
};

const Gathered = ({ records, pieces, unread }: RescueFile) => {
  const format = useFormat();
  return (
    <Card>
      <KeyValues
        pairs={[
          [t("rescue.readable"), format.number(records)],
          ...(pieces === 0 ? [] : [[t("rescue.pieces"), format.number(pieces)] as const]),
          ...unread.map((store) => [t(`rescue.store.${store}`), t("rescue.unread")] as const),
        ]}
      />
    </Card>
  );
};

/** 导出现有数据: what both copies still hold leaves the device; nothing here is changed. */
export const ExportPart = ({
  gather,
  children,
}: {
  readonly gather: () => Promise<RescueFile>;
  /** Goes under the primary button. */
  readonly children: ComponentChildren;
}) => {
  const { deliver } = useAbilities();
  const gathered = useRescueFile(gather);
  const nothing = gathered !== undefined && gathered.records + gathered.pieces === 0;
  const out = useSignal<"out" | "blocked" | undefined>(undefined);
  const send = async ({ file }: RescueFile): Promise<void> => {
    const delivery = await deliver(file, t("rescue.export"));
    if (delivery === "cancelled") return;
    out.value = delivery === "blocked" ? "blocked" : "out";
    announce(t(`rescue.${out.value}`));
  };
  return (
    <>
      {gathered !== undefined && <Gathered {...gathered} />}
      {out.value !== undefined && <p class="u-strong">{t(`rescue.${out.value}`)}</p>}
      <BottomBar>
        <div class="u-tight">
          {nothing ? undefined : (
            <Button
              kind="primary"
              icon="download"
              busy={gathered === undefined}
              onClick={() => {
                if (gathered !== undefined) void send(gathered);
              }}
            >
              {t("rescue.export")}
            </Button>
          )}
          {children}
        </div>
      </BottomBar>
    </>
  );
};
