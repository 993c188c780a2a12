import type { Area } from "../area.ts";
import type { erasure as zh } from "../zh-cn/erasure.ts";

/** English words of erasing a customer's data. */
export const erasure: Area<typeof zh> = {
  "erasure.title": "Erase customer data",
  "erasure.goes": "Goes",
  "erasure.goes.records": {
    one: "Notes, what was said, last four of an ID: {n} record",
    other: "Notes, what was said, last four of an ID: {n} records",
  },
  "erasure.goes.files": { one: "{n} photo of an ID", other: "{n} photos of an ID" },
  "erasure.goes.payer": "The payer",
  "erasure.goes.none": "This device holds nothing of this customer.",
  "erasure.stays": "Stays",
  "erasure.stays.text":
    "Amounts, numbers, dates, the reason, photos of proof and signatures. The chain still verifies; verifiers say “erased on purpose”.",
  "erasure.outside":
    "Files exported or shared before and printed slips are not reached: ask whoever has them to delete them. The shop's other devices erase it when they merge this one's records.",
  "erasure.asked": {
    one: "Another device erased the customer data of {n} record made here",
    other: "Another device erased the customer data of {n} records made here",
  },
  "erasure.asked.text":
    "It is here until this device's own chain says so too. The owner, or somebody who may erase, has to confirm.",
  "erasure.asked.do": "Erase here too",
  "erasure.payer": "Erase the payer too",
  "erasure.payer.help": "Other refunds of this payment no longer show the payer.",
  "erasure.why": "Why",
  "erasure.why.request": "Customer asked",
  "erasure.why.retention": "Kept long enough",
  "erasure.why.mistake": "Entered by mistake",
  "erasure.confirm": "Erase for good",
  "erasure.done": "Customer data erased",
  "erasure.field": "Customer data",
  "erasure.erased": "Erased on purpose",
  "erasure.erased_at": "Erased on purpose · {time}",
  "erasure.history": "Customer data of record {seq} erased ({why})",
  "erasure.fault.nothing": "There is no customer data to erase here",
};
