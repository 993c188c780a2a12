import type { Area } from "../area.ts";
import type { uploads as zh } from "../zh-cn/uploads.ts";

/** The same in English. */
export const uploads: Area<typeof zh> = {
  "uploads.title": "Copies when online",
  "uploads.what":
    "Packages and upload files that you share or save are also put into your own storage (a server, a drive) when online. That is a copy, not a submission to the acquirer: no refund changes its state by it.",
  "uploads.off": "Off: this app sends nothing to any other address.",
  "uploads.practice": "Practice never sends anything.",
  "uploads.queue": "Files in the queue",
  "uploads.empty": "No file yet. The next export joins the queue",
  "uploads.state.waiting": "Waiting",
  "uploads.state.offline": "Waiting for a network",
  "uploads.state.later": "Again at {time}",
  "uploads.state.sending": "Sending",
  "uploads.state.sent": "In your own storage",
  "uploads.state.stopped": "Not there",
  "uploads.sent_at": "{time}, the server said {status}",
  "uploads.tries": { one: "{n} try", other: "{n} tries" },
  "uploads.name": "File name",
  "uploads.kind.batch": "Upload file",
  "uploads.kind.ledger": "Signed package",
  "uploads.size_of": "Size",
  "uploads.tried": "Tried",
  "uploads.size": "{size} kB",
  "uploads.sent_note":
    "The server says it has it. This is your own copy: what you hand to the acquirer is still reported under “Upload report”.",
  "uploads.key": "Idempotency-Key",
  "uploads.sha256": "SHA-256",
  "uploads.send_now": "Send now",
  "uploads.cancel": "Do not send",
  "uploads.forget": "Take off the list",
  "uploads.cancel_note":
    "What is just being sent may have arrived. The copy is deleted; records and exported files stay.",
  "uploads.presigned": "Presigned address of this file",
  "uploads.presigned_help":
    "Made for PUT and the name above, without a signed Content-Type. Good for this one file; an expired one (7 days at most, usually) must be made anew.",
  "uploads.give": "Send to this address",
  "uploads.problem.no_answer":
    "No answer: no network, a wrong certificate, a redirect, a server that does not allow this app's address (CORS), or this site's CSP header. It is tried again",
  "uploads.problem.timed_out":
    "No answer in time. It goes again with the same key and the same bytes: the server keeps one",
  "uploads.problem.policy_forbids":
    "This site's security policy (CSP connect-src) forbids the address. Build with UPLOAD_ORIGIN and change the header as the hosting guide says, then “Send now”",
  "uploads.problem.address_missing": "First paste the presigned address of this file",
  "uploads.problem.batch_recalled":
    "This batch was taken back and is not sent. Delete the copies that you have",
  "uploads.problem.outdated":
    "Customer data was erased since: this copy was deleted and is not sent. Export again",
  "uploads.problem.file_gone": "The copy is not on this device any more. Export again",
  "uploads.problem.strange":
    "Answered {status}, not what was agreed on: a login page, or another server. Log in to the Wi-Fi in the browser, or check the address. It is tried again",
  "uploads.problem.busy": "The server is busy or broken ({status}); it is tried again when it says",
  "uploads.problem.not_allowed":
    "Not allowed ({status}): wrong password or header, or a presigned address that expired. Put it right, then “Send now”",
  "uploads.problem.not_found":
    "No such address ({status}). Check it, make the folder, then “Send now”",
  "uploads.problem.no_folder":
    "{status}: there is no such folder, make it; or the server still works on the same file. It is tried again",
  "uploads.problem.too_large":
    "Too large for the server ({status}). Raise its limit, then “Send now”",
  "uploads.problem.storage_full": "The storage is full ({status}). Make room, then “Send now”",
  "uploads.problem.refused":
    "The server refuses ({status}). Check address and method, then “Send now”",
  "uploads.target": "Where to",
  "uploads.change": "Change",
  "uploads.set": "Turn on and set an address",
  "uploads.way": "What kind of address",
  "uploads.way.folder": "One address for all files (WebDAV, an API)",
  "uploads.way.presigned": "A presigned address per file (S3, OSS, COS)",
  "uploads.way_help":
    "A presigned address is good for one file name and cannot be made here: paste it for every file in the queue. The POST forms of S3 are not supported.",
  "uploads.address": "Address",
  "uploads.address_help":
    "Begins with https; {place} stands for the file's name, as in {example}. Of presigned ones the beginning will do.",
  "uploads.method": "Method",
  "uploads.accepts": "What counts as taken",
  "uploads.accepts.folder": "201 or 204 (WebDAV)",
  "uploads.accepts.ok": "200 (S3, most APIs)",
  "uploads.accepts.all": "200, 201 or 204",
  "uploads.proof": "Authorisation",
  "uploads.proof.none": "None",
  "uploads.proof.keep": "As saved",
  "uploads.proof.password": "User and password",
  "uploads.proof.header": "A header",
  "uploads.secret_name": "User, or name of the header",
  "uploads.secret_value": "Password, or value of the header",
  "uploads.secret_help":
    "Kept on this device only, in no record and no export, and not shown again. Not encrypted: whoever has this device's data can read it. Use an account that may write this folder and nothing else.",
  "uploads.secret_kept": "{name}: saved, not shown again",
  "uploads.policy_forbids":
    "This site was not built for {origin}. The address can be saved, but the browser will stop it: build with UPLOAD_ORIGIN={origin}, see the hosting guide",
  "uploads.portal_note":
    "https only, no redirects, no web pages: a Wi-Fi login page is not taken for the server. A proxy that replaces certificates (office computers) still could be.",
  "uploads.stop": "Turn off and forget the address",
  "uploads.stop_note":
    "Address, authorisation and waiting copies are deleted here; the beginning of the address stays in the signed setting record.",
  "uploads.stopped": "Off: nothing is sent any more",
  "uploads.saved": "Saved. What you export from now on joins the queue",
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
