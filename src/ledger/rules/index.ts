import type { RecordKind } from "../record.ts";
import { isWithin } from "../validity.ts";
import {
  checkAck,
  checkErase,
  checkGap,
  checkGenesis,
  checkPolicy,
  checkRotate,
  checkWit,
} from "./chain-records.ts";
import { checkClaim } from "./claim.ts";
import { checkDecide } from "./decide.ts";
import { erasableIn } from "./erasable.ts";
import type { Fact, FactOf } from "./fact.ts";
import { checkMoney } from "./money.ts";
import { checkPayment } from "./payment.ts";
import { checkRefund } from "./refund.ts";
import { checkStaff } from "./staff.ts";
import type { Rule, State } from "./state.ts";
import { checkClose } from "./totals.ts";
import { checkContact, checkGoods, checkNotice, checkWithdraw } from "./tracks.ts";

const nothingMore = (): void => undefined;

/** The rules of every kind, refundlog.md §5. */
const rules: { readonly [K in RecordKind]: Rule<K> } = {
  genesis: checkGenesis,
  payment: checkPayment,
  import: nothingMore,
  refund: checkRefund,
  decide: checkDecide,
  money: checkMoney,
  withdraw: checkWithdraw,
  goods: checkGoods,
  notice: checkNotice,
  contact: checkContact,
  close: checkClose,
  policy: checkPolicy,
  staff: checkStaff,
  claim: checkClaim,
  export: nothingMore,
  ack: checkAck,
  wit: checkWit,
  erase: checkErase,
  rotate: checkRotate,
  gap: checkGap,
};

const checkPerson = (state: State, { ctx, seq }: Fact): void => {
  if (ctx === undefined || ctx.staff === "sys") return;
  state.isManned = true;
  const person = state.people.get(ctx.staff);
  const unknown = person === undefined ? !state.incomplete : !person.active;
  if (unknown) state.report("E_REF", seq);
};

const maxDrift = 120;

/** The device's clock never goes back, and within one start of the app it agrees with the time passed. */
const checkClock = (state: State, { iat, ctx, seq }: Fact): void => {
  const before = state.clock;
  const clk = ctx?.clk;
  state.clock = { iat, clk };
  if (before === undefined) return;
  if (iat < before.iat) state.report("W_CLOCK_BACK", seq);
  if (clk === undefined || before.clk === undefined || clk[0] !== before.clk[0]) return;
  const drift = iat - before.iat - (clk[1] - before.clk[1]) / 1000;
  if (Math.abs(drift) > maxDrift) state.report("W_CLOCK_JUMP", seq);
};

const checkValidity = (state: State, { iat, seq }: Fact): void => {
  const { certificate } = state;
  if (certificate !== undefined && !isWithin(iat, certificate)) state.report("E_KEY_EXPIRED", seq);
};

const apply = <K extends RecordKind>(state: State, fact: FactOf<K>): void | Promise<void> =>
  rules[fact.kind](state, fact);

/** Judges the next record of a chain and takes it into the state. */
export const applyRules = async (state: State, fact: Fact): Promise<void> => {
  if (state.rotated && fact.kind !== "export") state.report("E_STATE", fact.seq);
  if (fact.seq === 0 && fact.kind !== "genesis") state.report("E_GENESIS", 0);
  checkValidity(state, fact);
  checkPerson(state, fact);
  checkClock(state, fact);
  await apply(state, fact);
  const { kind, hash, training } = fact;
  const { cust, withheld, personal, evidence } = erasableIn(fact);
  // one for every record is kept, and a spread would make each a third larger
  state.seen.set(fact.seq, { kind, hash, training, cust, withheld, personal, evidence });
};
