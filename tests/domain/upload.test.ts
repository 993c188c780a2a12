import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import type { Hash } from "../../src/domain/ids.ts";
import {
  hurried,
  isDue,
  stateAfter,
  timeoutFor,
  waitAfter,
  waitingAnew,
  type UploadEntry,
  type UploadState,
} from "../../src/domain/upload.ts";
import { judgeAnswer, type UploadAnswer } from "../../src/domain/upload-answer.ts";
import { at } from "../support/a.ts";

const waiting = (over: Partial<Extract<UploadState, { state: "waiting" }>> = {}): UploadState => ({
  state: "waiting",
  tries: 0,
  notBefore: 0,
  ...over,
});

const entryIn = (state: UploadState): UploadEntry => ({
  id: "A1",
  kind: "batch",
  name: "a.txt",
  type: "text/plain",
  size: 3,
  sha256: "h" as Hash,
  addedAt: at("2026-11-22T06:02:00Z"),
  erasures: 0,
  state,
});

const answered = (status: number, contentType = ""): UploadAnswer => ({
  kind: "answered",
  status,
  contentType,
});

const moment = { nowMs: 1_000_000, now: at("2026-11-22T06:02:00Z"), chance: 0.5 };

/** How long it waits when the server names this time. */
const after = (afterMs: number) => {
  const verdict = { kind: "again", problem: { kind: "busy", status: 429 }, afterMs } as const;
  const state = stateAfter(waiting(), verdict, moment);
  return state.state === "waiting" ? state.notBefore - moment.nowMs : 0;
};

describe("an answer", () => {
  it.each([
    [200, "sent"],
    [201, "sent"],
    [204, "sent"],
    [202, "again strange"],
    [206, "again strange"],
    [302, "again strange"],
    [304, "again strange"],
    [400, "stop refused"],
    [401, "stop not_allowed"],
    [403, "stop not_allowed"],
    [404, "stop not_found"],
    [405, "stop refused"],
    [408, "again busy"],
    [409, "again no_folder"],
    [410, "stop not_found"],
    [413, "stop too_large"],
    [422, "stop refused"],
    [425, "again busy"],
    [429, "again busy"],
    [500, "again busy"],
    [502, "again busy"],
    [503, "again busy"],
    [507, "stop storage_full"],
    [599, "again busy"],
  ])("%i: %s", (status, wanted) => {
    const verdict = judgeAnswer(answered(status), [200, 201, 204]);
    const said = verdict.kind === "sent" ? "sent" : `${verdict.kind} ${verdict.problem.kind}`;
    expect(said).toBe(wanted);
  });

  it("counts only as it was agreed on, and never as a page", () => {
    expect(judgeAnswer(answered(200), [201, 204])).toMatchObject({ kind: "again" });
    for (const type of ["text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml"])
      expect(judgeAnswer(answered(200, type), [200])).toEqual({
        kind: "again",
        problem: { kind: "strange", status: 200 },
      });
    expect(judgeAnswer(answered(200, "application/json"), [200]).kind).toBe("sent");
  });

  it("whatever status comes, only an agreed one is sent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), (status) => {
        const { kind } = judgeAnswer(answered(status), [201, 204]);
        expect(kind === "sent").toBe(status === 201 || status === 204);
      }),
    );
  });

  it("that never came is asked for again, what the policy forbids is not", () => {
    expect(judgeAnswer({ kind: "no_answer" }, [200]).kind).toBe("again");
    expect(judgeAnswer({ kind: "timed_out" }, [200]).kind).toBe("again");
    expect(judgeAnswer({ kind: "policy_forbids" }, [200]).kind).toBe("stop");
  });
});

describe("waiting", () => {
  it("doubles from half a minute to an hour, a fifth more or less", () => {
    expect([1, 2, 3, 8, 9, 5000].map((tries) => waitAfter(tries, 0.5) / 1000)).toEqual([
      30, 60, 120, 3600, 3600, 3600,
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (tries, chance) => {
          const middle = waitAfter(tries, 0.5);
          expect(waitAfter(tries, chance)).toBeGreaterThanOrEqual(Math.floor(middle * 0.8));
          expect(waitAfter(tries, chance)).toBeLessThanOrEqual(Math.ceil(middle * 1.2));
        },
      ),
    );
  });

  it("is as long as the server says, a day at most, and never shorter than our own", () => {
    expect(after(1000)).toBe(30_000);
    expect(after(120_000)).toBe(120_000);
    expect(after(1e12)).toBe(86_400_000);
  });

  it("counts its tries, and begins anew when a person says so", () => {
    const again = { kind: "again", problem: { kind: "no_answer" } } as const;
    const once = stateAfter({ state: "sending", tries: 0 }, again, moment);
    const twice = stateAfter(once, again, moment);
    expect(twice).toMatchObject({ state: "waiting", tries: 2, notBefore: 1_060_000 });
    expect(waitingAnew(entryIn(twice)).state).toEqual(waiting());
  });

  it("ends when the network is back, but not before a time that the server named", () => {
    const lost = waiting({ tries: 3, notBefore: 9e12, problem: { kind: "no_answer" } });
    const busy = waiting({ tries: 3, notBefore: 9e12, problem: { kind: "busy", status: 429 } });
    expect(hurried(entryIn(lost)).state).toEqual({ ...lost, notBefore: 0 });
    expect(hurried(entryIn(busy)).state).toEqual(busy);
  });

  it("does not outlast a clock that was set back", () => {
    const hour = 3_600_000;
    expect(isDue(entryIn(waiting({ notBefore: 10 * hour })), 9 * hour)).toBe(false);
    expect(isDue(entryIn(waiting({ notBefore: 10 * hour })), 10 * hour)).toBe(true);
    expect(isDue(entryIn(waiting({ notBefore: 100 * hour })), 9 * hour)).toBe(true);
  });

  it("is over for what was sent or stopped; what was left in the middle goes on", () => {
    expect(isDue(entryIn({ state: "sent", at: moment.now, status: 201 }), 9e12)).toBe(false);
    const stopped = { state: "stopped", tries: 1, problem: { kind: "file_gone" } } as const;
    expect(isDue(entryIn(stopped), 9e12)).toBe(false);
    expect(isDue(entryIn({ state: "sending", tries: 1 }), 0)).toBe(true);
  });
});

test("a try may take as long as a slow network needs, a quarter of an hour at most", () => {
  expect(timeoutFor(0)).toBe(30_000);
  expect(timeoutFor(1_000_000)).toBe(130_000);
  expect(timeoutFor(1e9)).toBe(900_000);
});
