import "./ui/styles/index.css";

import { computed, signal } from "@preact/signals";
import { render, type ComponentChild } from "preact";

import { firstOwner, type DeviceId } from "./domain/ids.ts";
import { instantFromMs } from "./domain/instant.ts";
import { fail, ok } from "./domain/result.ts";
import type { Sign } from "./ledger/record.ts";
import * as workers from "./platform/abilities.ts";
import { showBadge } from "./platform/app-badge.ts";
import { applyPatiently, watchUpdates, type UpdateState } from "./platform/app-update.ts";
import { build } from "./platform/build.ts";
import { copyText } from "./platform/clipboard.ts";
import { askToKeep, readStorage } from "./platform/durable-storage.ts";
import { createFeedback } from "./platform/feedback.ts";
import { saveFile, sendFile } from "./platform/files.ts";
import { localText } from "./platform/local-text.ts";
import { markDraftOpen } from "./platform/open-draft.ts";
import { pause } from "./platform/pause.ts";
import { printPaper } from "./platform/printer.ts";
import { takeSharedFiles } from "./platform/shared-files.ts";
import { random } from "./platform/signing.ts";
import { startWorker } from "./platform/workers.ts";
import { lockWriter } from "./platform/writer-lock.ts";
import type { Journal } from "./storage/append-record.ts";
import { openDatabase } from "./storage/database.ts";
import { findEnrolment, findNextPlace } from "./storage/envelopes.ts";
import { keyStore } from "./storage/key-store.ts";
import { rollLog } from "./storage/log-roll.ts";
import { marksIn } from "./storage/marks.ts";
import { observe } from "./storage/observe.ts";
import { countByTask, shopAndDevice } from "./storage/queries.ts";
import type { StartOutcome } from "./storage/start-up.ts";
import { storageFault } from "./storage/storage-fault.ts";
import { App } from "./ui/app.tsx";
import type { Built } from "./ui/deps.tsx";
import { startLook, toggleContrast } from "./ui/look.ts";
import { startRouter } from "./ui/router.ts";
import { sendInBackground } from "./ui/send-in-background.ts";
import { emptyShell, type Shell } from "./ui/shell-context.tsx";
import { noticeOf, statusOf } from "./ui/shell-status.ts";
import { createTill } from "./ui/till.ts";
import type { Abilities } from "./usecases/abilities.ts";
import type { Deps } from "./usecases/deps.ts";
import type { SetUpDeps, ShopEntry } from "./usecases/open-shop.ts";
import type { SecretKeys } from "./usecases/secret-keys.ts";
import type { Start } from "./usecases/start.ts";
import { connectSafetyCopy } from "./workers/safety-copy.ts";
import { verify } from "./workers/web-verify.ts";

/** Practice lives beside the real journal: another database, another copy, another mark (rel-S19). */
const training = localText.getItem("mode") === "practice";
const databaseName = training ? "refund-desk-training" : "refund-desk";
const superseded = signal(false);
const db = openDatabase(databaseName, () => {
  superseded.value = true;
});
const journal: Journal = {
  db,
  safetyCopy: connectSafetyCopy(startWorker("safetyCopy")),
  marks: marksIn(localText, databaseName),
  copyName: (device) => `${training ? "practice" : "journal"}-${device}.bin`,
};
/** A tab that froze with the lock is passed by after five seconds; what it writes later fails on the moved head. */
const writeLock = lockWriter({ stealAfterMs: 5000 });
/** The start may repair for longer than that and is waited for. */
const startLock = lockWriter();
const startedAt = performance.now();
/** The stores are read beside the words and the first paint; who awaits it says what became of it. */
const checked = startLock(databaseName, async () =>
  (await import("./storage/start-up.ts")).checkAtStart(journal),
);
checked.catch(() => undefined);
const ordinal = (Number.parseInt(localText.getItem("starts") ?? "", 10) || 0) + 1;
localText.setItem("starts", String(ordinal));

const till = createTill(db, { training });
const { state, staff, calendar, enterAs, lock } = till;
/** What use cases need besides the calendar, which may change while the app is open. */
const device = signal<Omit<Deps, "calendar"> | undefined>(undefined);
const deps = computed<Deps | undefined>(
  () => device.value && calendar.value && { ...device.value, calendar: calendar.value },
);
const found = signal<StartOutcome | undefined>(undefined);
/** Refunds that wait for an upload file. */
const waiting = signal(0);
const copies = signal<0 | 1 | 2>(2);
/** A backup is due, or more than that. */
const backupIsDue = signal(false);
const online = signal(navigator.onLine);
/** A bug let something fail without words; what was typed is still there. */
const troubled = signal(false);
const updating = signal<UpdateState>({ state: "current" });

const feedback = createFeedback(() => ({ sound: true, vibration: true }));
const pinKeys = () => import("./platform/pin-key.ts");
const deviceKeys = () => import("./platform/device-key.ts");
const secretKeys: SecretKeys = {
  wrapNew: async (secret) => (await pinKeys()).wrapNewKey(secret),
  open: async (secret, envelope) => (await pinKeys()).openKey(secret, envelope),
};

/** The log of the browser's database is rolled before the first write of a session (rel-S20), while the lock is looked at. */
let rolled: Promise<unknown> = Promise.resolve();

/** Everything of Deps that does not depend on this device's key and shop. */
const common = {
  journal,
  training,
  app: build,
  verify,
  random,
  now: () => Date.now(),
  sinceStart: () => [ordinal, Math.round(performance.now() - startedAt)] as const,
  onSaved: (saved: 0 | 1 | 2) => {
    copies.value = saved;
  },
  pause,
  exclusively: <T,>(work: () => Promise<T>) => writeLock(databaseName, () => rolled.then(work)),
};

const setUp: SetUpDeps = {
  ...common,
  secretKeys,
  newRecoveryCode: async () => (await pinKeys()).newRecoveryCode(),
  newDeviceKey: async () => (await deviceKeys()).newDeviceKey(keyStore(db)),
};

/** Any key that lies here, to sign with. */
const openKey = async (kid: DeviceId): Promise<Sign | undefined> => {
  const { openDeviceKey } = await deviceKeys();
  const key = await openDeviceKey(keyStore(db), kid);
  return key.ok ? key.value.sign : undefined;
};

/** Opens this device's key and builds what use cases need; a key that is gone leads to the rescue screen. */
const openDevice = async (): Promise<boolean> => {
  const { openDeviceKey } = await deviceKeys();
  const enrolment = await findEnrolment(db);
  const key =
    enrolment === undefined ? undefined : await openDeviceKey(keyStore(db), enrolment.device);
  if (enrolment === undefined || key?.ok !== true) return false;
  await till.openAt((await shopAndDevice(db, enrolment.device)).shop);
  device.value = {
    ...common,
    ...key.value,
    certificate: enrolment.certificate,
    secretKeys,
    staff: () => staff.value,
  };
  observe(
    async () => (await countByTask(db)).export ?? 0,
    (value) => {
      waiting.value = value;
      if (!training) showBadge(value);
    },
    () => undefined,
  );
  return true;
};

/** First run, practice and the lock come when they are asked for: the first load stays small. */
const openShop = async (entry: ShopEntry) =>
  (await import("./usecases/open-shop.ts")).openShop(setUp, entry);

const practice = () => import("./ui/practice.tsx");

const beginPractice = async (): Promise<void> => {
  const { joinPractice, practiceEntry } = await practice();
  const made = await openShop(practiceEntry());
  if (made.ok && (await openDevice()) && deps.value !== undefined) {
    await enterAs(firstOwner);
    const { seedPractice } = await import("./usecases/start-practice.ts");
    await seedPractice(deps.value);
    await joinPractice(deps.value);
  } else state.value = "rescue";
};

/** A change of this device's key that was interrupted is finished before anything is recorded. */
const goOn = async (): Promise<void> => {
  const isUnfinished = (await findNextPlace(db)) !== undefined;
  const module = isUnfinished ? await import("./usecases/rotate-key.ts") : undefined;
  const rotation = await module?.finishRotation({ ...common, secretKeys }, openKey);
  if (rotation === "moved") return location.reload();
  if (rotation === "stuck" || !(await openDevice())) return void (state.value = "rescue");
  rolled = rollLog(db, random).catch(() => undefined); // a precaution; without room for it work goes on
  void import("./ui/after-opening.ts") // nothing of it is urgent
    .then(({ afterOpening }) => afterOpening(deps.peek(), backupIsDue))
    .catch(() => undefined);
  if (!training) return lock();
  await enterAs(firstOwner);
  if (deps.value !== undefined) await (await practice()).joinPractice(deps.value);
};

const begin = async (outcome: StartOutcome): Promise<void> => {
  found.value = outcome;
  if ("copies" in outcome) copies.value = outcome.copies;
  if (outcome.kind === "fresh") return training ? beginPractice() : void (state.value = "welcome");
  if (outcome.kind === "ready" || outcome.kind === "repaired" || outcome.kind === "copy_fixed")
    return goOn();
  state.value = "rescue";
};

const switchMode = (mode: "practice" | "real"): void => {
  localText.setItem("mode", mode);
  location.hash = "#/scan";
  location.reload();
};

/** What lies over the page: the people of a practice shop. */
const over = signal<ComponentChild>(undefined);
const Over = () => <>{over.value}</>;
const choosePerson = async (): Promise<void> => (await practice()).choosePerson(till, over);

const lockModule = () => import("./usecases/unlock.ts");
const unlockScreen = () => import("./ui/screens/unlock/unlock-screen.tsx");

/** What stands between the check and the lock; who needs it and does not get it says so. */
const fetchLock = () =>
  Promise.allSettled([unlockScreen(), deviceKeys(), import("./domain/shop-setting.ts")]);

/** What a phone needs to approve for a till, whether a shop is open on it or not. */
const approver: Start["approver"] = { journal, verify, now: common.now, secretKeys, openKey };

const start = computed<Start>(() => ({
  approver,
  found: found.value,
  openShop: async (entry) => {
    const opened = await openShop(entry);
    return opened.ok && !(await openDevice())
      ? fail({ kind: "key_not_kept", because: "null_read_back" } as const)
      : opened;
  },
  setUp,
  reopen: () => location.reload(),
  enterShop: async () => (await openDevice()) && enterAs(firstOwner).then(() => true),
  enter: () => void enterAs(firstOwner),
  startPractice: () => switchMode("practice"),
  leavePractice: () => switchMode("real"),
  people: till.people,
  triesLeft: async (person) => (await lockModule()).triesLeft(common, person),
  unlock: async (person, pin) => {
    const { unlock } = await lockModule();
    await rolled; // tries are counted before the PIN is looked at
    const open = deps.peek();
    if (open === undefined) return fail({ kind: "person_unknown" } as const);
    const unlocked = await unlock(open, person, pin);
    if (unlocked.ok) till.take(unlocked.value);
    return unlocked;
  },
  lock,
  exportRescue: async () => {
    const { exportRescue } = await import("./usecases/export-rescue.ts");
    const { calendar: days } = shell.peek().shop;
    const { safetyCopy } = journal;
    return exportRescue({ ...common, calendar: days, indexedDB, databaseName, safetyCopy });
  },
  resetPin: async (entry) => {
    const open = deps.value;
    const { resetPin } = await lockModule();
    return open === undefined ? ok(undefined) : resetPin(open, entry);
  },
}));

const update = watchUpdates((now) => {
  updating.value = now;
  if (now.state === "changing") state.value = "starting";
});

const abilities: Abilities = {
  ...workers,
  deliver: (file, title) => sendFile(workers.toFile(file), title),
  save: (file) => saveFile(workers.toFile(file)),
  keepInFolder:
    "showDirectoryPicker" in globalThis
      ? async (file) =>
          (await import("./platform/backup-folder.ts")).keepInFolder(workers.toFile(file))
      : undefined,
  copyText,
  signal: (kind) => (kind === "found" ? feedback.recognised() : feedback.refused()),
  print: printPaper,
  storage: readStorage,
  askToKeepData: async () => (await askToKeep()) === "kept",
  markDraftOpen,
  takeShared: takeSharedFiles,
  checkForUpdate: async () => update?.check(),
  app: build,
};

sendInBackground(till.sends, deps, abilities);

const notice = () =>
  noticeOf({
    isReplaced: superseded.value || updating.value.state === "replaced",
    isWaiting: updating.value.state === "waiting",
    isTroubled: troubled.value,
    found: found.value,
    onUpdate: () => update && void applyPatiently(update),
  });

const shell = computed<Shell>(() => ({
  ...emptyShell,
  ...(till.shop.value === undefined || calendar.value === undefined
    ? {}
    : { shop: { ...till.shop.value, calendar: calendar.value } }),
  staff: staff.value,
  status:
    state.value === "ready" ? statusOf(copies.value, backupIsDue.value, waiting.value) : undefined,
  online: online.value,
  training,
  notice: notice(),
  now: () => instantFromMs(Date.now()),
  onToggleContrast: toggleContrast,
  onChangeStaff: () => (training ? void choosePerson() : lock()),
}));

const built = computed<Built>(() => ({ deps: deps.value, abilities, start: start.value }));

addEventListener("online", () => void (online.value = true));
addEventListener("offline", () => void (online.value = false));
addEventListener("pointerdown", () => feedback.wake(), { once: true });

await startLook(localText);
startRouter();
const root = document.querySelector("#app");
if (root !== null)
  render(
    <>
      <App state={state} shell={shell} built={built} />
      <Over />
    </>,
    root,
  );
if (!training && journal.marks.read() !== undefined) void fetchLock(); // a shop is here: it comes beside the check
/** Whatever the start cannot do ends in the rescue screen, never in an empty page. */
const startUp = async (): Promise<void> => {
  try {
    await begin(await checked);
  } catch (error) {
    found.value = { kind: "unreadable", because: storageFault(error) };
    state.value = "rescue";
  }
};

addEventListener("unhandledrejection", () => void (troubled.value = true));
await startUp();
