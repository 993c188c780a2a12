import type { DeviceId } from "../../domain/ids.ts";
import type { JournalEvent } from "../../domain/journal-event.ts";
import { unreachable } from "../../domain/result.ts";
import type { JsonObject } from "../canonical.ts";
import type { RecordKind } from "../record.ts";
import { readAck, writeAck } from "./ack.ts";
import { readClaim, writeClaim } from "./claim.ts";
import { readClose, writeClose } from "./close.ts";
import { readContact, writeContact } from "./contact.ts";
import { readDecide, writeDecide } from "./decide.ts";
import { readErase, writeErase } from "./erase.ts";
import { readExport, writeExport } from "./export.ts";
import { readGap, writeGap } from "./gap.ts";
import { readGenesis, writeGenesis } from "./genesis.ts";
import { readGoods, writeGoods } from "./goods.ts";
import { readImport, writeImport } from "./import.ts";
import type { Claims } from "./index.ts";
import type { Home } from "./mapping.ts";
import { readMoney, writeMoney } from "./money.ts";
import { readNotice, writeNotice } from "./notice.ts";
import { readPayment, writePayment } from "./payment.ts";
import { readPolicy, writePolicy } from "./policy.ts";
import { readRefund, writeRefund } from "./refund.ts";
import { readRotate, writeRotate } from "./rotate.ts";
import { readStaff, writeStaff } from "./staff.ts";
import { readWitness, writeWitness } from "./wit.ts";
import { readWithdraw, writeWithdraw } from "./withdraw.ts";

/** What a record says, before `seal.ts` adds number, link, time and digests. */
export type UnsealedClaims = {
  readonly core: JsonObject & { readonly kind: RecordKind };
  readonly det: JsonObject;
};

/** The claims of an event in the short names of the format. */
export const toClaims = (event: JournalEvent, home: Home): UnsealedClaims => {
  switch (event.kind) {
    case "genesis":
      return writeGenesis(event);
    case "payment":
      return writePayment(event, home);
    case "import":
      return writeImport(event, home);
    case "refund":
      return writeRefund(event, home);
    case "decide":
      return writeDecide(event, home);
    case "goods":
      return writeGoods(event, home);
    case "contact":
      return writeContact(event, home);
    case "withdraw":
      return writeWithdraw(event, home);
    case "money":
      return writeMoney(event, home);
    case "notice":
      return writeNotice(event, home);
    case "policy":
      return writePolicy(event);
    case "staff":
      return writeStaff(event);
    case "close":
      return writeClose(event);
    case "export":
      return writeExport(event);
    case "erase":
      return writeErase(event, home);
    case "gap":
      return writeGap(event);
    case "ack":
      return writeAck(event);
    case "wit":
      return writeWitness(event);
    case "rotate":
      return writeRotate(event);
    case "claim":
      return writeClaim(event, home);
  }
  return unreachable(event);
};

/** The event that a record tells; undefined when its `det` is withheld. */
export const toEvent = (claims: Claims, device: DeviceId): JournalEvent | undefined => {
  if (claims.det === undefined) return undefined;
  switch (claims.kind) {
    case "genesis":
      return readGenesis(claims.core, claims.det);
    case "payment":
      return readPayment(claims.core, claims.det, device);
    case "import":
      return readImport(claims.core, claims.det, device);
    case "refund":
      return readRefund(claims.core, claims.det, device);
    case "decide":
      return readDecide(claims.core, claims.det, device);
    case "goods":
      return readGoods(claims.core, claims.det, device);
    case "contact":
      return readContact(claims.core, claims.det, device);
    case "withdraw":
      return readWithdraw(claims.core, device);
    case "money":
      return readMoney(claims.core, claims.det, device);
    case "notice":
      return readNotice(claims.core, claims.det, device);
    case "policy":
      return readPolicy(claims.core, claims.det);
    case "staff":
      return readStaff(claims.core, claims.det);
    case "close":
      return readClose(claims.core, claims.det);
    case "export":
      return readExport(claims.core);
    case "erase":
      return readErase(claims.core, claims.det, device);
    case "gap":
      return readGap(claims.core, claims.det);
    case "ack":
      return readAck(claims.core);
    case "wit":
      return readWitness(claims.core);
    case "rotate":
      return readRotate(claims.core);
    case "claim":
      return readClaim(claims.core, claims.det, device);
  }
};
