import { emptyBooks, post, type Books } from "../../../src/domain/books.ts";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import { parseProfile } from "../../../src/domain/acquirers/edited-profile.ts";
import { shippedProfile } from "../../../src/domain/acquirers/index.ts";
import type { DeviceId, Hash, RecordRef, StaffId } from "../../../src/domain/ids.ts";
import {
  addSeconds,
  instantFromSeconds,
  secondsOf,
  type Calendar,
  type Instant,
} from "../../../src/domain/instant.ts";
import type { Json, JournalEvent, Personal, Recorded } from "../../../src/domain/journal-event.ts";
import { parsePolicy, type ShopPolicy } from "../../../src/domain/policy/shop-policy.ts";
import type { Result } from "../../../src/domain/result.ts";
import { parseSetting } from "../../../src/domain/shop-setting.ts";
import type { Staff } from "../../../src/domain/staff.ts";
import { aRecorded, at, shanghai } from "../../support/a.ts";
import { emptyModel, tell, type Model } from "./model.ts";

/** An event about to be recorded, with what is told of people beside it. */
export type Planned = { readonly event: JournalEvent; readonly personal?: Personal };

/** What an act comes to: events to record, or why not. */
export type Choice = Result<readonly Planned[], { readonly kind: string }>;

export type Shop = {
  readonly device: DeviceId;
  /** The first six characters of its refund numbers. */
  readonly prefix: string;
  readonly training: boolean;
};

/** A journal, the books it makes, and the plain model that heard the same records. */
export type Walk = {
  readonly shop: Shop;
  readonly records: readonly Recorded[];
  readonly books: Books;
  /** The same journal on devices whose clocks stood anywhere. */
  readonly otherClock: Books;
  readonly model: Model;
  readonly now: Instant;
  /** Counter of the last refund number. */
  readonly counter: number;
};

/** The moment at which every walk begins. */
export const home = at("2026-11-22T06:00:00Z");

export const emptyWalk = (shop: Shop): Walk => ({
  shop,
  records: [],
  books: emptyBooks(),
  otherClock: emptyBooks(),
  model: emptyModel,
  now: home,
  counter: 0,
});

/** Where the n-th record from now on will stand. */
export const nextRef = ({ shop, records }: Walk, ahead = 0): RecordRef => ({
  device: shop.device,
  seq: records.length + ahead,
});

/** 43 characters that no other record of any device has. */
export const hashAt = ({ device, seq }: RecordRef): Hash =>
  `${device}-${seq}`.padStart(43, "0") as Hash;

const year = 366 * 86_400;

/** The record as a clock would have written it that stood up to fifty years off, another one for every record. */
const atOtherTime = (recorded: Recorded): Recorded => {
  const { event, at: moment, ref } = recorded;
  const other = (ref.seq * 7_919) % 101;
  const move = (instant: Instant): Instant => addSeconds(instant, (other - 50) * year);
  const told = event.kind === "money" && event.at !== undefined ? { at: move(event.at) } : {};
  return { ...recorded, at: move(moment), event: { ...event, ...told } };
};

const record = (walk: Walk, { event, personal }: Planned, staff: StaffId): Walk => {
  const { shop, records, books, now } = walk;
  const ref = nextRef(walk);
  const last = records.at(-1);
  const recorded = aRecorded(event, ref.seq, {
    ref,
    hash: hashAt(ref),
    at: now,
    staff,
    training: shop.training,
    clockBack: last !== undefined && now < last.at,
    ...(personal === undefined ? {} : { personal }),
  });
  post(books, recorded);
  post(walk.otherClock, atOtherTime(recorded));
  const counter = event.kind === "refund" ? Number(event.refundNo.slice(6, -1)) : walk.counter;
  return { ...walk, records: [...records, recorded], model: tell(walk.model, recorded), counter };
};

/** The walk after these events of one person; books are changed in place. */
export const recordAll = (walk: Walk, planned: readonly Planned[], staff: StaffId): Walk =>
  planned.reduce((before, one) => record(before, one, staff), walk);

const earliest = secondsOf(at("2001-01-01T00:00:00Z"));
const latest = secondsOf(at("2099-01-01T00:00:00Z"));

/** A clock within the years that a till may show. */
export const clockAt = (instant: Instant, seconds: number): Instant =>
  instantFromSeconds(Math.min(latest, Math.max(earliest, secondsOf(addSeconds(instant, seconds)))));

type Document = { readonly [name: string]: Json };

/** A document in force; undefined before the first. */
export const documentOf = ({ policies }: Books, key: string): Document | undefined =>
  policies.get(key)?.document;

export const policyOf = (books: Books): ShopPolicy =>
  parsePolicy(documentOf(books, "policy") ?? {});

/** The profile of an acquirer as it is in force, and the hash of what the owner changed of it. */
export const profileOf = (
  books: Books,
  id: string,
): { readonly profile: AcquirerProfile; readonly hash: Hash | undefined } => {
  const edited = books.policies.get(`profile:${id}`);
  return edited === undefined
    ? { profile: shippedProfile(id), hash: undefined }
    : { profile: parseProfile(id, edited.document), hash: edited.hash };
};

export const calendarOf = (books: Books): Calendar => ({
  ...shanghai,
  cutoffMinutes: parseSetting(documentOf(books, "setting") ?? {}).cutoffMinutes,
});

/** Everybody who ever worked here, those who were switched off too. */
export const peopleOf = ({ books }: Walk): readonly Staff[] => [...books.staff.values()];

/** Books made from nothing but records. */
export const replay = (records: readonly Recorded[]): Books => {
  const books = emptyBooks();
  for (const recorded of records) post(books, recorded);
  return books;
};
