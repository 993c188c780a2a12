import type { Area } from "../area.ts";
import type { uploads as zh } from "../zh-cn/uploads.ts";

/** The same in English. */
export const uploads: Area<typeof zh> = {
  "uploads.practice": "Practice never sends anything.",
  "uploads.fault.not_queued":
    "The file was exported, but its copy is not in the queue: no room on this device. Make room and export again",
  "uploads.fault.address_wrong": "Wrong address. Write it whole, without spaces, a user name or #",
  "uploads.fault.address_insecure":
    "The address must begin with https:// (http://127.0.0.1 for a program on this device)",
  "uploads.fault.name_missing":
    "An address for PUT needs a place for the file's name, else each file would overwrite the one before: see the example below",
  "uploads.fault.secret_wrong":
    "Wrong authorisation. A user name has no colon, a header's name letters, digits and hyphens only; another host needs it typed anew",
  "uploads.fault.other_origin": "This address is not at the host that was set; it is not used",
};
