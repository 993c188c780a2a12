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
  "keep.refused": "The browser did not agree. Install the app, and often export the signed package",

  "unlock.title": "Unlock",
  "unlock.who": "Who are you",
  "unlock.switch": "Switch",
  "unlock.wrong": {
    one: "Wrong PIN, {n} try left",
    other: "Wrong PIN, {n} tries left",
  },
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

  "rescue.title": "Rescue",
  "rescue.lost": "The browser removed our data",
  "rescue.lost_advice":
    "Both stores are empty. If you exported a signed file, find the newest one; do not open a new shop here.",
  "rescue.partly_lost": {
    one: "The last record is missing",
    other: "The last {n} records are missing",
  },
  "rescue.partly_lost_advice":
    "Storage went back to an earlier state; writing has stopped. Export what is here first, then ask support.",
  "rescue.two_truths": "Two copies disagree, writing has stopped",
  "rescue.two_truths_advice":
    "Both can be read. Export: both will be in the file. Then ask support.",
  "rescue.gaps": { one: "{n} record cannot be read", other: "{n} records cannot be read" },
  "rescue.gaps_advice":
    "Both stores are damaged at the same place; writing has stopped. Export what is here.",
  "rescue.newer": "Newer data: here it can only be exported",
  "rescue.newer_advice": "Go online and retry: the new version will open it.",
  "rescue.unreadable": "Data cannot be read",
  "rescue.unreadable_advice": "Export what is there, or close other windows and retry.",
  "rescue.key": "This device’s signing key is gone",
  "rescue.key_advice":
    "The records are here, but nothing can be recorded without the key. Export what is here, then retry.",
  "rescue.not_begun": "It could not be opened",
  "rescue.not_begun_advice": "The browser kept no data. Leave private mode and retry.",
  "rescue.nothing_deleted": "Refund Desk deleted nothing.",
  "rescue.never_clear":
    "Do not clear browser data and do not uninstall: the records may still be saved.",
  "rescue.had": "Records once here",
  "rescue.has": "Still joined",
  "rescue.missing": "Missing numbers",
  "rescue.last_at": "Last one",
  "rescue.differs_at": "Differ from number",
  "rescue.readable": "Records to export",
  "rescue.pieces": "Damaged pieces (exported too)",
  "rescue.store.database": "Browser database",
  "rescue.store.safety_copy": "Safety copy",
  "rescue.unread": "cannot be read",
  "rescue.diagnosis": "Diagnosis",
  "rescue.export": "Export what is here",
  "rescue.out": "Handed out. Keep the file on another device",
  "rescue.blocked": "Not saved; open in a browser and try again",
} satisfies Area<typeof zh>;
