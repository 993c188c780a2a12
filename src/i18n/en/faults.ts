import type { Area } from "../area.ts";
import type { faults as zh } from "../zh-cn/faults.ts";

export const faults = {
  "fault.amount_empty": "Enter at least 0.01",
  "fault.amount_not_a_number": "Digits only, such as 36 or 36.50",
  "fault.amount_too_many_decimals": "At most {decimals} decimals",
  "fault.amount_too_large": "Too large; check for extra digits",
  "fault.bad_time": "Not a time; write 2026-11-22 14:02",
  "fault.bad_date": "Not a date; write 2026-11-22",
  "fault.unexpected": "Something went wrong; your entry is kept. Try again",
} satisfies Area<typeof zh>;
