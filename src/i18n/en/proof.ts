import type { proof as zh } from "../zh-cn/proof.ts";
import type { Area } from "../area.ts";

export const proof: Area<typeof zh> = {
  "proof.checkpoint.title": "Handover code",
  "proof.checkpoint.lead":
    "Let another till scan it: it proves that all records up to now are here. If the last ones are cut later, or an old copy comes back, it shows",
  "proof.checkpoint.show": "Show the code",
  "proof.checkpoint.again": "Show it again",
  "proof.checkpoint.qr": "this till's records up to now",
  "proof.checkpoint.shop": "Shop",
  "proof.checkpoint.place": "Last record",
  "proof.checkpoint.at": "Shown at",
  "proof.checkpoint.answers": "Answers the other till's one-time code: made just now",
  "proof.checkpoint.next": "The other till then shows a witness code: scan it back with this one",
  "proof.checkpoint.scan": "Scan the witness code",
  "proof.nonce.title": "Witness another till",
  "proof.nonce.lead":
    "The other till scans this one-time code first, then shows its handover code to this one. An old photo does not pass",
  "proof.nonce.make": "Show a one-time code",
  "proof.nonce.qr": "a one-time code for the other till",
  "proof.nonce.entry": "Type the other till's one-time code",
  "proof.nonce.label": "One-time code",
  "proof.nonce.help": "A line that begins with RLN1:. Usually it is scanned, not typed",
  "proof.seen.title": "Another till's handover code",
  "proof.seen.till": "Till",
  "proof.seen.fingerprint": "Key fingerprint",
  "proof.seen.place": "Last record",
  "proof.seen.record": "record {seq}",
  "proof.seen.short": "Check",
  "proof.seen.before": "Seen before",
  "proof.seen.never": "never",
  "proof.seen.live": "Shown just now, no old photo",
  "proof.seen.not_live":
    "Without this till's one-time code: it may be an older photo. To tell, let the other till scan a one-time code first",
  "proof.seen.good": "Good signature, and it continues what was seen before",
  "proof.seen.known": "Witnessed before, up to this record",
  "proof.seen.witness": "Witness it",
  "proof.seen.show": "Show the witness code",
  "proof.seen.done": "Witnessed: let the other till scan it back",
  "proof.seen.qr": "a witness code for the other till",
  "proof.seen.next": "Once it is taken, every signed file of that till carries it",
  "proof.taken.title": "Witness taken",
  "proof.taken.text":
    "{label} bears out this till's records up to {seq}. Every signed file carries it from now on",
  "proof.checking": "Checking…",
  "proof.trouble.cut":
    "The last records are gone: an old backup or system came back, or somebody removed them",
  "proof.trouble.fork":
    "Two different records bear one number: the key was copied to another device, or records were rewritten",
  "proof.trouble.other_do":
    "Stop using that till and export what it holds. The owner revokes its key after the last record that was seen, and gives it a new one",
  "proof.trouble.own_do":
    "Record nothing more. Export what is here; the owner revokes this key after the last record that agrees, and gives this till a new one",
  "proof.trouble.kept": "The code was kept as evidence",
  "proof.trouble.unknown_do": "Scan its key card first, or merge its records, then scan again",
  "proof.pins.younger":
    "This device saw that till again after the file left; those sightings were not used. For the newest state have it exported again",
  "proof.ack.title": "Acknowledgement",
  "proof.ack.lead":
    "After the office or the owner has verified this till's signed package, a .refundack comes back",
  "proof.ack.scan_note": "If it is shown as a code, use Scan",
  "proof.ack.choose": "Choose a .refundack",
  "proof.ack.by": "Signed by",
  "proof.ack.root": "this shop's root key",
  "proof.ack.office": "Head office",
  "proof.ack.upto": "Verified up to",
  "proof.ack.at": "Signed at",
  "proof.ack.clock": "This device's clock is behind the signer's: set it right before applying",
  "proof.ack.known": "Applied before",
  "proof.ack.flags": { one: "{n} thing to look at", other: "{n} things to look at" },
  "proof.ack.no_flags": "No record needs a look",
  "proof.ack.revoked": { one: "{n} key revoked", other: "{n} keys revoked" },
  "proof.ack.why.stolen": "stolen",
  "proof.ack.why.lost": "lost",
  "proof.ack.why.retired": "retired",
  "proof.ack.from_start": "nothing counts",
  "proof.ack.after": "nothing after record {seq} counts",
  "proof.ack.apply": "Apply",
  "proof.ack.apply_again": "Keep it again",
  "proof.ack.applied": "Acknowledgement applied",
  "proof.ack.applied_more":
    "The records before it have a trusted time; a cut or a rewrite of them shows",
  "proof.sign.open": "Acknowledge this file",
  "proof.sign.note":
    "Proves with the shop's root that all was verified up to its last record. Needs the recovery code",
  "proof.sign.title": "Acknowledge",
  "proof.sign.lead":
    "The acknowledgement goes back to that till. Findings for people to look at are written in it",
  "proof.sign.sign": "Acknowledge",
  "proof.sign.done": "Acknowledged",
  "proof.sign.next": "Send the file to that till, or let it scan the code below",
  "proof.sign.status_first": "Scan the list of revoked keys above first, then the acknowledgement",
  "proof.sign.status_qr": "the list of revoked keys",
  "proof.sign.qr": "the acknowledgement",
  "proof.sign.share": "Share the .refundack",
  "proof.sign.save": "Save to a file",
  "proof.sign.out": "Handed out",
  "proof.sign.blocked": "Not handed out, try again",
  "proof.fault.code_unreadable":
    "The code is not whole, or not one that is asked for here: scan again",
  "proof.fault.code_altered": "The signature does not match: the code was changed",
  "proof.fault.signer_unknown": "This till does not know the key {fingerprint}",
  "proof.fault.signer_role": "That key is not authorised for this",
  "proof.fault.signer_revoked": "The key of {label} is revoked: nothing after record {seq} counts",
  "proof.fault.checkpoint_own": "This till's own code: another till must scan it",
  "proof.fault.nothing_recorded": "Nothing is recorded here yet",
  "proof.fault.statement_not_ours": "This statement speaks of another device",
  "proof.fault.chain_rolled_back":
    "{label} was rolled back: it ends at record {seq}, record {last} was seen before",
  "proof.fault.chain_forked": "{label} has two histories: record {seq} is not the one seen before",
  "proof.fault.own_chain_cut":
    "This till's records were cut: record {seq} was seen outside, here they end at {last}",
  "proof.fault.own_chain_forked":
    "This till has two histories: record {seq} is not the one seen outside",
  "proof.fault.ack_unreadable": "No .refundack, or not whole: get it again",
  "proof.fault.ack_not_ours": "Not for this device of the shop",
  "proof.fault.ack_root_differs":
    "It contradicts the records here: the checksum up to record {seq} differs",
  "proof.fault.ack_status_missing":
    "The list of revoked keys is missing: scan its code first, or use the file",
  "proof.fault.ack_not_verified": "Only a whole, valid file under this shop's key is acknowledged",
};
