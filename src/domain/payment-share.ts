import type { DeviceId } from "./ids.ts";
import type { EvidenceGrade } from "./journal-event.ts";
import type { MinorUnits, Money } from "./money.ts";
import type { BalanceClaim } from "./payment-claim.ts";
import { highest, joinOutside, type PaymentVersion } from "./payment-version.ts";

/** What a chain alone says that can be refunded, before its own refunds. */
export type DeviceShare = { readonly paid: Money; readonly external: MinorUnits };

/** How well the payment is proven where a device knows it. */
export type Proof = { readonly device: DeviceId; readonly grade: EvidenceGrade };

type Imported = NonNullable<PaymentVersion["imported"]>;

/** In one chain the later record is newer; between chains the later time, whatever their numbers. */
const newerImport = (one: Imported | undefined, other: Imported): Imported => {
  if (one === undefined) return other;
  const [a, b] = [one.record, other.record];
  if (a.device === b.device) return a.seq > b.seq ? one : other;
  if (one.at !== other.at) return one.at > other.at ? one : other;
  return a.device > b.device ? one : other;
};

export const devicesOf = (versions: readonly PaymentVersion[]): readonly DeviceId[] =>
  [...new Set(versions.map(({ record }) => record.device))].sort();

const byDevice = (versions: readonly PaymentVersion[]): readonly (readonly PaymentVersion[])[] =>
  devicesOf(versions).map((device) => versions.filter(({ record }) => record.device === device));

/** The newest statement row's amount, otherwise the lowest that anybody wrote down (refundlog.md §5.1). */
export const paidOf = (versions: readonly PaymentVersion[]): Money => {
  const newest = byDevice(versions)
    .map((own) =>
      own.reduce<Imported | undefined>(
        (known, { imported }) => (imported === undefined ? known : newerImport(known, imported)),
        undefined,
      ),
    )
    .reduce((known, one) => (one === undefined ? known : newerImport(known, one)), undefined);
  if (newest !== undefined) return newest.amount;
  const [lowest] = versions.map((version) => version.lowest).sort((a, b) => a.minor - b.minor);
  if (lowest === undefined) throw new Error("a payment has a record");
  return lowest;
};

const mostExternal = (versions: readonly PaymentVersion[]): MinorUnits =>
  versions.reduce((most, { external }) => highest(most, external), 0 as MinorUnits);

/** What one chain alone says. */
export const shareOf = (versions: readonly PaymentVersion[]): DeviceShare => ({
  paid: paidOf(versions),
  external: mostExternal(versions),
});

const total = (parts: readonly { readonly minor: number }[]): number =>
  parts.reduce((sum, { minor }) => sum + minor, 0);

/** What a chain calls refunded elsewhere without a number. */
const namelessOf = (own: readonly PaymentVersion[]): number =>
  Math.max(0, mostExternal(own) - total(joinOutside(own.flatMap(({ outside }) => outside))));

/**
 * Refunded where no chain that is here has a refund of it: what chains name by number and none of them made, and the most
 * that one of them calls refunded without a number. A refund of another device that a chain names counts once, as the
 * refund it is.
 */
export const outsideOf = (
  versions: readonly PaymentVersion[],
  claims: readonly BalanceClaim[],
): MinorUnits => {
  const chains = byDevice(versions);
  if (chains.length < 2 && claims.every(({ record }) => record.device === devicesOf(versions)[0]))
    return mostExternal(versions);
  const made = new Set(claims.flatMap(({ numbers }) => numbers));
  const named = joinOutside(versions.flatMap(({ outside }) => outside));
  const elsewhere = named.filter(({ number }) => !made.has(number));
  const nameless = chains.map(namelessOf);
  return (total(elsewhere) + Math.max(0, ...nameless)) as MinorUnits;
};

/** The best grade on each device. */
export const proofsOf = (versions: readonly PaymentVersion[]): readonly Proof[] =>
  byDevice(versions).flatMap((own) => {
    const [best] = own.map(({ grade }) => grade).sort();
    const [device] = devicesOf(own);
    return best === undefined || device === undefined ? [] : [{ device, grade: best }];
  });
