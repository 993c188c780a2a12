import { writeRef, type DeviceId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { Recorded } from "../journal-event.ts";
import { evolve, type RefundCase } from "./case.ts";
import type { CaseEvent } from "./history.ts";

type Tale = readonly Recorded<CaseEvent>[];

/** A record with the latest time that its chain had told up to it: a clock set back reorders no chain. */
type Timed = { readonly recorded: Recorded<CaseEvent>; readonly at: Instant };

const timed = (chain: Tale): readonly Timed[] => {
  let latest: Instant | undefined;
  return [...chain]
    .sort((one, other) => one.ref.seq - other.ref.seq)
    .map((recorded) => {
      latest = latest === undefined || recorded.at > latest ? recorded.at : latest;
      return { recorded, at: latest };
    });
};

const inOrder =
  (home: DeviceId) =>
  (one: Timed, other: Timed): number => {
    const [a, b] = [one.recorded.ref, other.recorded.ref];
    if (a.device === b.device) return a.seq - b.seq;
    if (one.at !== other.at) return one.at < other.at ? -1 : 1;
    if (a.device === home || b.device === home) return a.device === home ? -1 : 1;
    return a.device < b.device ? -1 : 1;
  };

/** Every record once, each chain in its order, chains beside each other by time: whichever came first. */
const taleInOrder = (tale: Tale, home: DeviceId): Tale => {
  const devices = [...new Set(tale.map(({ ref }) => ref.device))];
  return devices
    .flatMap((device) => timed(tale.filter(({ ref }) => ref.device === device)))
    .sort(inOrder(home))
    .map(({ recorded }) => recorded);
};

const withoutPersonal = (recorded: Recorded<CaseEvent>): Recorded<CaseEvent> => {
  const { personal: _, ...rest } = recorded;
  return rest;
};

/** What one chain erased of another no record says any more, whatever the clocks of both have told. */
const withoutErased = (tale: Tale): Tale => {
  const erased = new Set(
    tale.flatMap(({ event }) => (event.kind === "erase" ? [writeRef(event.record)] : [])),
  );
  return tale.map((recorded) =>
    erased.has(writeRef(recorded.ref)) ? withoutPersonal(recorded) : recorded,
  );
};

/** A case out of all its records, of whichever devices. */
export const foldTale = (told: Tale): RefundCase => {
  const tale = withoutErased(told);
  const opening = tale.find(({ event }) => event.kind === "refund");
  if (opening === undefined) throw new Error("a case is opened by a refund record");
  const ordered = taleInOrder(tale, opening.ref.device);
  const rest = ordered.filter((recorded) => recorded !== opening);
  return rest.reduce<RefundCase>(evolve, evolve(undefined, opening));
};

/** Whether records of more than one device speak of a case. */
export const isToldByMany = ({ history, device }: RefundCase): boolean =>
  history.some(({ ref }) => ref.device !== device);
