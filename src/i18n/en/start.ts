import type { Area } from "../area.ts";
import type { start as zh } from "../zh-cn/start.ts";

export const start = {
  "action.reload": "Reload",
  "action.update": "Update",
  "notice.updated_elsewhere": "Updated in another window; reload (entry kept)",
  "notice.update_ready": "Update ready – after this refund",
  "notice.repaired": "Damage found; {count} records restored from the safety copy",
  "train.shop_name": "Practice shop",
  "train.owner_name": "Practice owner",

  "language.label": "Language",

  "welcome.title": "Refund Desk",
  "welcome.promise": "Scan once, record a refund",
  "welcome.fast": "Scan the bill’s barcode, two taps",
  "welcome.offline": "Works without a network",
  "welcome.signed": "Every record signed and stored twice here",
  "welcome.honest":
    "This app moves no money: you export what you recorded, the platform returns the money.",
  "welcome.practise": "Try with demo data",
  "welcome.real": "Start for real",
  "welcome.practice_note": "Demo data is made up and counts nowhere",
  "welcome.in_wechat": "Pages inside WeChat cannot keep data. Tap ··· and open in the browser",
  "welcome.iphone_tab": "Add to the home screen first, or it is cleared after 7 days without use",

  "first.title": "Open the shop",
  "first.shop": "Shop name",
  "first.shop_help": "Printed on slips",
  "first.currency": "Currency",
  "first.zone": "Time zone",
  "first.owner": "Owner’s name",
  "first.pin": "Owner’s PIN (6 digits)",
  "first.pin_again": "The same PIN again",
  "first.pin_truth":
    "The PIN keeps colleagues out and names people. It does not stop someone who has the phone: use a screen lock",
  "first.fixed":
    "Name, currency and time zone go into the first signed record and cannot be changed later.",
  "first.submit": "Make keys and open",
  "first.making": "Making keys",
  "first.making_note": "About 2 seconds, do not close",

  "code.title": "Recovery code",
  "code.once": "Shown only this once",
  "code.for":
    "With it you set a new PIN when one is forgotten. Refund Desk does not keep it: write it down or print it, and store it away from the phone.",
  "code.lost":
    "If the PIN and the code are both lost nobody can record again; existing records stay.",
  "code.written": "Written down, begin",
  "code.label": "Recovery code",
  "code.fingerprint": "Shop key fingerprint",
  "code.sheet_title": "Refund Desk recovery code",
  "code.sheet_shop": "Shop",
  "code.sheet_for":
    "Whoever has this sheet and the phone can set a new PIN. Lock it away, take no photo.",
  "code.sheet_fingerprint": "To check a signed file, compare these 8 groups.",

  "keep.title": "Ask the browser to keep the data",
  "keep.why": "When space runs short a browser may delete data",
  "keep.ask": "Ask to keep data",
  "keep.kept": "The browser agreed to keep the data",
  "keep.refused": "The browser did not agree. Install the app and back up daily",

  "unlock.title": "Unlock",
  "unlock.who": "Who are you",
  "unlock.switch": "Switch",
  "unlock.wrong": {
    one: "Wrong PIN, {n} try left",
    other: "Wrong PIN, {n} tries left",
  },
  "unlock.left": { one: "{n} try left", other: "{n} tries left" },
  "unlock.wait": "Too many wrong PINs; try again in {time}",
  "unlock.again": "You can try again",
  "unlock.seconds": "{n} s",
  "unlock.minutes": "{minutes} min {seconds} s",
  "unlock.disabled": "Disabled; the owner unlocks with the recovery code",
  "unlock.checking": "Checking the PIN",
  "unlock.forgot": "Forgot PIN",
  "reset.title": "Set a new PIN",
  "reset.code": "Recovery code",
  "reset.code_help": "6 groups of 4; small letters and dashes do not matter",
  "reset.pin": "New PIN (6 digits)",
  "reset.pin_again": "The new PIN again",
  "reset.submit": "Set the new PIN",
  "reset.done": "The new PIN is set; unlock with it",
} satisfies Area<typeof zh>;
