import type { ComponentChildren } from "preact";

import type { KnownDevice } from "../../../usecases/list-devices.ts";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { KeyValues } from "../../components/key-values.tsx";

/** Another key went on in its place: nothing was lost, and nothing is wrong with what it wrote (refundlog.md §8). */
export const isRetired = ({ revoked }: Pick<KnownDevice, "revoked">): boolean =>
  revoked?.why === "retired" && revoked.seq >= 0;

/** What is said of a key that no longer counts. */
export const revokedText = ({ revoked }: KnownDevice, format: Format): string | undefined => {
  if (revoked === undefined) return undefined;
  if (isRetired({ revoked })) return t("devices.retired_at", { n: format.number(revoked.seq) });
  return revoked.seq < 0
    ? t("devices.revoked_all")
    : t("devices.revoked_at", { n: format.number(revoked.seq) });
};

/** The last record of a device that anybody here knows of. */
export const lastKnownOf = ({ held = -1, seen = -1 }: KnownDevice): number => Math.max(held, seen);

type Shown = {
  readonly device: KnownDevice;
  readonly holder?: string | undefined;
  readonly isOwn?: boolean;
};

const pairsOf = ({ device, holder, isOwn = false }: Shown, format: Format) => {
  const { label, role, prefix, limit } = device;
  const last = lastKnownOf(device);
  const isTill = role === "device";
  const known = last < 0 ? t("devices.last_none") : format.number(last);
  const pairs: readonly (readonly [string, ComponentChildren] | undefined)[] = [
    [t("devices.name"), label],
    [t("devices.role"), t(`devices.role.${role}`)],
    prefix === undefined ? undefined : [t("devices.prefix"), prefix],
    limit === undefined
      ? undefined
      : [t(isTill ? "devices.till_limit" : "devices.limit"), format.money(limit)],
    holder === undefined ? undefined : [t("devices.holder"), <bdi key="holder">{holder}</bdi>],
    isTill && !isOwn ? [t("devices.last"), known] : undefined,
  ];
  return pairs.filter((pair) => pair !== undefined);
};

/** Everything about one key but its fingerprint. */
export const DeviceFacts = (shown: Shown) => {
  const format = useFormat();
  return <KeyValues pairs={pairsOf(shown, format)} />;
};
