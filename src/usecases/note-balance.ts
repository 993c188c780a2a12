import { findCurrency } from "../domain/currency.ts";
import type { DeviceId } from "../domain/ids.ts";
import { instantFromMs, parseInstant } from "../domain/instant.ts";
import { money, parseAmount, type AmountFault, type Money } from "../domain/money.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { standsAt, type Moment } from "../storage/planner-facts.ts";
import { shopAndDevice } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { keepPreference, readPreference } from "./preferences.ts";

/** A balance as a person read it, and where the journal stood then. */
export type NotedBalance = Moment & { readonly amount: Money };

type BalanceDeps = Pick<Deps, "journal" | "training">;

const nameOf = ({ training }: BalanceDeps, acquirer: string): string =>
  `balance${training ? ".practice" : ""}.${acquirer}`;

/** No till holds more; beyond it sums would no longer be exact. */
const mostMinor = 99_999_999_999;

const isKept = (
  kept: unknown,
): kept is Record<"minor" | "seq", number> & Record<"currency" | "at" | "device", string> => {
  if (typeof kept !== "object" || kept === null) return false;
  const { minor, seq, currency, at, device } = kept as Record<string, unknown>;
  return (
    Number.isSafeInteger(minor) &&
    Number.isSafeInteger(seq) &&
    [currency, at, device].every((text) => typeof text === "string")
  );
};

const parseKept = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The balance that somebody last told of an acquirer; undefined where nobody did. */
export const readBalance = async (
  deps: BalanceDeps,
  acquirer: string,
): Promise<NotedBalance | undefined> => {
  const kept = parseKept((await readPreference(nameOf(deps, acquirer))) ?? "");
  if (!isKept(kept)) return undefined;
  const at = parseInstant(kept.at);
  const currency = findCurrency(kept.currency);
  if (!at.ok || currency === undefined) return undefined;
  const ref = { device: kept.device as DeviceId, seq: kept.seq };
  return { at: at.value, ref, amount: money(kept.minor, currency) };
};

type BalanceFault = LockedFault | NotEntitled | AmountFault;

/**
 * Keeps what a person read off the portal, with the place of the journal at which it was read; it is a note of this device
 * for the plan and no record. Nothing typed forgets it.
 */
export const noteBalance = async (
  deps: Deps,
  acquirer: string,
  typed: string,
): Promise<Result<void, BalanceFault>> => {
  const staff = whoMay(deps, "export");
  if (!staff.ok) return staff;
  const name = nameOf(deps, acquirer);
  if (typed.trim() === "") return ok(await keepPreference(name, ""));
  const { db } = deps.journal;
  const { shop } = await shopAndDevice(db, deps.device);
  const amount = parseAmount(typed, shop.currency);
  if (!amount.ok) return amount;
  if (amount.value.minor > mostMinor) return fail({ kind: "amount_too_large" });
  const at = instantFromMs(deps.now());
  const { device, seq } = await standsAt(db, deps.device);
  const kept = { ...amount.value, at, device, seq };
  return ok(await keepPreference(name, JSON.stringify(kept)));
};
