import type { Area } from "../area.ts";
import type { backup as zhCn } from "../zh-cn/backup.ts";

/** Words of backup and restore. */
export const backup: Area<typeof zhCn> = {
  "backup.title": "Backup",
  "backup.practice": "Practice is not backed up: there is nothing to keep",
  "backup.none": "Never backed up",
  "backup.last": "Last backup",
  "backup.contents": "Contents",
  "backup.contents_of": "{records} records, {size}",
  "backup.since": "New since then",
  "backup.since_of": "{refunds} refunds, {records} records",
  "backup.due": "No backup for {hours} h, {refunds} new refunds",
  "backup.over": "No backup for {days} days: back up before exporting to a platform",
  "backup.what":
    "A backup is one encrypted file with records, evidence, statements and people, without this device's signing key. Send it to another device or a drive, do not leave it on this phone alone",
  "backup.code_title": "First time: enter the shop's recovery code",
  "backup.code_text":
    "Every backup is encrypted with it. It is not asked for again until a restore. Without the code nobody can open a backup",

  "backup.code_save": "Use it from now on",
  "backup.make": "Back up",
  "backup.making": "Writing the backup",
  "backup.made": "Written and read back: {records} records, {size}",
  "backup.hand_out": "Send or save the backup",
  "backup.folder": "Keep in the backup folder, read back",
  "backup.out": "Backup handed out, no reminder today",
  "backup.not_out": "Not handed out, the backup date stays as it was",
  "backup.rehearse": "Rehearse a restore",
  "backup.rehearse_text":
    "Pick a backup file and try to open it: it is only checked, nothing is changed",
  "backup.rehearse_file": "Pick a backup file",
  "backup.rehearsed": "Can be restored: records of {chains} device(s) agree, {records} in all",
  "backup.rehearsed_newer": "This device is newer: everything in the backup is here",
  "backup.rehearsed_older": "{n} records of the backup are not on this device",
  "backup.rehearsed_different":
    "Backup and device differ for {n} device(s): let somebody technical look at the verify page",
  "backup.rehearsed_other": "It opens, but it is another shop's backup",
  "backup.erased":
    "Erased customer data is still in older backups. After erasing, back up again and delete the old files",
  "backup.restore": "Restore a backup",
  "backup.restore_text":
    "Restores on a device without records. Records, evidence, statements and people come back; this device goes on with a new signing key and refund number prefix",
  "backup.restore_check": "Check the backup",
  "backup.checking": "Checking {done} of {of} records",
  "backup.opening": "Opening",
  "backup.shop": "Shop",
  "backup.device": "Device",
  "backup.at": "Backed up at",
  "backup.range": "Records from",
  "backup.records": "Records",
  "backup.refunds": "Refunds",
  "backup.attachments": "Evidence and files",
  "backup.statements": "Statements",
  "backup.genuine": "Every signature is good",
  "backup.before": "Before you restore",
  "backup.before_1":
    "Refunds made after the backup are not in it: look at the platform's statement before refunding again",
  "backup.before_2":
    "Refunds that were recorded but not exported cannot be exported from here: make them at the platform under the same refund number; the imported statement then shows their arrival",
  "backup.before_3":
    "If the old device is still in use, do not restore here: join the shop instead. If it is lost, revoke it under Devices afterwards",
  "backup.restore_now": "Restore on this device",
  "backup.restoring": "Restoring",
  "backup.key_title": "Give this device a new key",
  "backup.key_text":
    "All records are here, only the browser lost this device's signing key. Enter the recovery code to go on with a new one",
  "backup.key_make": "Go on",
  "backup.fault.not_ours": "This is not a backup of this app. Nothing was changed",
  "backup.fault.newer":
    "The backup is from a newer version. Update the app first. Nothing was changed",
  "backup.fault.wrong_code": "Wrong recovery code, or the file was altered. Nothing was changed",
  "backup.fault.damaged": "The backup is not whole. Nothing was changed; use another backup file",
  "backup.fault.not_genuine":
    "Record {seq} of {label} is not signed by it. Nothing was changed; use another backup file",
  "backup.fault.no_key": "Enter the recovery code first",
  "backup.fault.not_written": "Backup not written: it reads back differently. Try again",
  "backup.fault.not_empty":
    "This device already has a shop's records: nothing was restored. Restore on another device or in another browser",
  "backup.fault.nothing_to_go_on":
    "This device has no shop data to go on from. If there is a backup, restore it",
};
