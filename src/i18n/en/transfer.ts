import type { Area } from "../area.ts";
import type { transfer as zh } from "../zh-cn/transfer.ts";

export const transfer: Area<typeof zh> = {
  "transfer.send.title": "Send to another phone",
  "transfer.send.lead":
    "This phone shows its signed records as one code after another; the other phone films them. Neither needs a network",
  "transfer.send.scan": "Scan the other phone first, send only what is new",
  "transfer.send.scan_hint": "The code on the other phone's receive page",
  "transfer.send.have": "The other phone's code was read: only what it lacks is sent",
  "transfer.send.all": "Send everything",
  "transfer.send.new": "Start showing",
  "transfer.send.again": "Go on with the last one",
  "transfer.send.working": "Signing and packing",
  "transfer.send.cancelled": "Cancelled, nothing was shown",
  "transfer.send.done": "The other phone has it all",
  "transfer.send.hold":
    "On the other phone open “Receive from another phone” and fill its frame with the code",
  "transfer.film": "Changing QR code, to be filmed by the other phone",
  "transfer.film.about": "Records {from} to {to} · {size} kB · {count} frames a round",
  "transfer.film.shown": { one: "{n} frame shown", other: "{n} frames shown" },
  "transfer.film.pause": "Pause",
  "transfer.film.play": "Go on",
  "transfer.film.next": "Next frame",
  "transfer.film.speed": "Speed",
  "transfer.film.speed.2": "Very slow",
  "transfer.film.speed.5": "Slow",
  "transfer.film.speed.10": "Medium",
  "transfer.film.speed.15": "Fast",
  "transfer.film.slower":
    "If little arrives: slow down, brighten the screen, hold the phones about 20 cm apart",
  "transfer.receive.title": "Receive from another phone",
  "transfer.receive.lead":
    "Let the other phone scan this code first, then it sends only what is missing here. Without it everything is sent",
  "transfer.receive.qr": "Which records this phone has",
  "transfer.receive.start": "It is showing codes: receive",
  "transfer.receive.hint": "Fill the frame with the code on the other screen",
  "transfer.receive.waiting": "Nothing received yet",
  "transfer.receive.progress": "{got} of {of} parts received",
  "transfer.receive.resume":
    "{got} of {of} parts are kept from last time; let the other phone go on with the same ones",
  "transfer.receive.again": "Start over",
  "transfer.receive.done": "All received, {size} kB. Nothing is merged yet: check it first",
  "transfer.receive.check": "Verify the received package",
  "transfer.receive.save": "Save to a file",
  "transfer.fault.heads_unreadable": "Not the code of a receive page; scan the other phone's",
  "transfer.fault.heads_of_other_shop": "That phone belongs to another shop; nothing was sent",
  "transfer.fault.nothing_to_send": "The other phone has every record already",
  "transfer.fault.too_large": "Too many records for codes; export a signed package file instead",
  "transfer.fault.other": "A code of other records: show the same ones, or start over",
  "transfer.fault.damaged": "The checksum is wrong, nothing was taken; please start over",
  "transfer.fault.unreadable": "What was received cannot be opened; show it again",
};
