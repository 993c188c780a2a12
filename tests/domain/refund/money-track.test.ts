import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MoneyCommand, MoneyResult } from "../../../src/domain/journal-event.ts";
import { instantFromSeconds } from "../../../src/domain/instant.ts";
import {
  commandAllowed,
  moneyState,
  resultClass,
  resultsFrom,
  standingOf,
  tellers,
  type MoneyState,
  type MoneyStep,
  type Standing,
} from "../../../src/domain/refund/money-track.ts";
import { aHash, aRef, at } from "../../support/a.ts";

const noon = at("2026-11-22T04:00:00Z");
const later = at("2026-11-23T04:00:00Z");
const earlier = at("2026-11-21T04:00:00Z");

const command = (state: MoneyCommand | "withdrawn"): MoneyStep => ({
  kind: "command",
  state,
  ref: aRef(10),
});

const result = (state: MoneyResult, when = noon, hash = 1): MoneyStep => ({
  kind: "result",
  state,
  ref: aRef(20 + hash),
  at: when,
  hash: aHash(hash),
  by: "row",
});

type Start = "ready" | "pending_approval";
type Path = readonly [start: Start, ...steps: readonly MoneyStep[]];

const gone = [command("exported")] as const;
const uploaded = [...gone, command("submitted")] as const;

/** A way to every state that this version's journal can reach. */
const paths = {
  pending_approval: ["pending_approval"],
  ready: ["ready"],
  withdrawn: ["ready", command("withdrawn")],
  exported: ["ready", ...gone],
  submitted: ["ready", ...uploaded],
  processing: ["ready", ...uploaded, result("processing", earlier)],
  needs_action: ["ready", ...uploaded, result("needs_action", earlier)],
  unknown: ["ready", ...uploaded, result("unknown", earlier)],
  abnormal: ["ready", ...uploaded, result("abnormal", earlier)],
  succeeded: ["ready", ...uploaded, result("succeeded", earlier)],
  failed: ["ready", ...uploaded, result("failed", earlier)],
  closed: ["ready", ...uploaded, result("closed", earlier)],
  reversed: ["ready", ...uploaded, result("succeeded", earlier), result("reversed", earlier)],
} as const satisfies Readonly<Record<Exclude<MoneyState, "conflict">, Path>>;

type Reached = keyof typeof paths;
const reachable = Object.keys(paths) as readonly Reached[];

const after = (from: Reached, ...steps: readonly MoneyStep[]): MoneyState => {
  const [start, ...before]: Path = paths[from];
  return moneyState(start, [...before, ...steps]);
};

/** O of refund-model.md §3.2: the acquirer may have it. */
const open = [
  "exported",
  "submitted",
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
] as const satisfies readonly Reached[];

describe("paths", () => {
  it.each(reachable)("M1 M2 reach %s as its path says", (state) => {
    expect(after(state)).toBe(state);
  });
});

describe("commands", () => {
  const allowed: readonly (readonly [string, Reached, MoneyCommand | "withdrawn"])[] = [
    ["M6", "pending_approval", "withdrawn"],
    ["M6", "ready", "withdrawn"],
    ["M7", "ready", "exported"],
    ["M8", "exported", "exported"],
    ["M9", "exported", "ready"],
    ["M10", "exported", "submitted"],
    ["M13", "needs_action", "submitted"],
    ["M13 in a new file", "needs_action", "exported"],
    ["M15", "unknown", "submitted"],
    ["M15 in a new file", "unknown", "exported"],
  ];
  const commands = ["exported", "submitted", "ready", "withdrawn"] as const;

  it.each(allowed)("%s %s → %s", (_, from, to) => {
    expect(commandAllowed(from, to)).toBe(true);
    expect(after(from, command(to))).toBe(to);
  });

  const forbidden = [...reachable, "conflict" as const].flatMap((from) =>
    commands
      .filter((to) => !allowed.some(([, a, b]) => a === from && b === to))
      .map((to) => [from, to] as const),
  );

  it.each(forbidden)("X16 X4 refuses %s → %s", (from, to) => {
    expect(commandAllowed(from, to)).toBe(false);
  });

  it.each(["succeeded", "failed", "closed", "reversed"] as const)(
    "keeps %s whatever command a journal holds after it",
    (from) => {
      for (const to of commands) expect(after(from, command(to))).toBe(from);
    },
  );
});

describe("results", () => {
  const fromOpen: readonly (readonly [string, MoneyResult])[] = [
    ["M11", "processing"],
    ["M12", "needs_action"],
    ["M14", "unknown"],
    ["M16", "abnormal"],
    ["M17", "succeeded"],
    ["M18", "failed"],
    ["M19", "closed"],
  ];

  it.each(fromOpen.flatMap(([rule, to]) => open.map((from) => [rule, from, to] as const)))(
    "%s %s → %s",
    (_, from, to) => {
      expect(after(from, result(to))).toBe(to);
      expect(resultsFrom(from)).toContain(to);
    },
  );

  it.each(reachable.filter((state) => state !== "reversed"))(
    "M17 X7 %s → succeeded, late or not",
    (from) => {
      expect(after(from, result("succeeded"))).toBe("succeeded");
      expect(resultsFrom(from)).toContain("succeeded");
    },
  );

  it("M17 X7 counts a success that comes in a conflict", () => {
    expect(resultsFrom("conflict")).toContain("succeeded");
  });

  it("M20 X7 succeeded → reversed, and no earlier success undoes the bounce", () => {
    expect(after("succeeded", result("reversed"))).toBe("reversed");
    expect(after("reversed", result("succeeded", later, 9))).toBe("reversed");
  });

  it.each(["pending_approval", "ready", "withdrawn"] as const)(
    "ignores in %s what an acquirer cannot know yet",
    (from) => {
      for (const to of [
        "processing",
        "needs_action",
        "unknown",
        "abnormal",
        "failed",
        "closed",
      ] as const)
        expect(after(from, result(to))).toBe(from);
      expect(resultsFrom(from)).toEqual(["succeeded"]);
    },
  );

  it.each([
    ["succeeded", "failed"],
    ["succeeded", "closed"],
    ["succeeded", "processing"],
    ["failed", "processing"],
    ["closed", "unknown"],
    ["closed", "abnormal"],
    ["failed", "needs_action"],
    ["reversed", "failed"],
  ] as const)("X7 keeps %s when a weaker %s comes later", (from, weaker) => {
    expect(after(from, result(weaker, later, 9))).toBe(from);
  });

  it.each([
    ["failed", "closed"],
    ["closed", "failed"],
  ] as const)("keeps %s when a %s of the same class has older evidence", (from, other) => {
    expect(after(from, result(other, at("2026-11-20T04:00:00Z"), 9))).toBe(from);
    expect(after(from, result(other, later, 9))).toBe(other);
  });

  it("lets the greater record hash decide between two of one class and one second", () => {
    expect(after("submitted", result("failed", noon, 1), result("closed", noon, 2))).toBe("closed");
    expect(after("submitted", result("closed", noon, 2), result("failed", noon, 1))).toBe("closed");
  });

  it("takes the last recorded of the open results, as refundlog.md §5.3 says", () => {
    expect(after("submitted", result("abnormal", later), result("processing", earlier))).toBe(
      "processing",
    );
  });
});

const times = fc.integer({ min: 0, max: 3 }).map((day) => instantFromSeconds(day * 86_400));
const finals = fc.constantFrom<MoneyResult>("succeeded", "failed", "closed", "reversed");
const openResults = fc.constantFrom<MoneyResult>(
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
);

const stepsOf = (states: fc.Arbitrary<MoneyResult>, minLength: number): fc.Arbitrary<MoneyStep[]> =>
  fc
    .array(fc.tuple(states, times), { minLength, maxLength: 6 })
    .map((list) => list.map(([state, when], index) => result(state, when, index)));

/** The strongest result: class, then time of the evidence, then hash. */
const strongest = (steps: readonly MoneyStep[]): MoneyState => {
  const results = steps.filter((step) => step.kind === "result");
  const key = (step: (typeof results)[number]): string =>
    `${resultClass(step.state)} ${step.at} ${step.hash}`;
  const best = results.reduce((a, b) => (key(a) > key(b) ? a : b));
  return best.state;
};

describe("joining", () => {
  const shuffled = stepsOf(finals, 1).chain((steps) =>
    fc.tuple(
      fc.constant(steps),
      fc.shuffledSubarray(steps, { minLength: steps.length, maxLength: steps.length }),
    ),
  );

  it("X9 gives the same state for every order of the same final results", () => {
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...open), ([steps, order], from) => {
        expect(after(from, ...order)).toBe(strongest(steps));
      }),
      { numRuns: 2_000 },
    );
  });

  it("X9 lets open results between final ones, repeated or late, change nothing", () => {
    const noise = fc.tuple(shuffled, stepsOf(openResults, 0), fc.nat());
    fc.assert(
      fc.property(noise, fc.constantFrom(...open), ([[steps, order], extra, where], from) => {
        const place = where % (order.length + 1);
        const mixed = [...order.slice(0, place), ...extra, ...order.slice(place), ...order];
        expect(after(from, ...mixed)).toBe(strongest(steps));
      }),
      { numRuns: 2_000 },
    );
  });

  it("X7 counts a success whatever came before or after it, unless it bounced", () => {
    const anyStep = fc.oneof(
      stepsOf(
        fc.oneof(
          openResults,
          finals.filter((state) => state !== "reversed"),
        ),
        0,
      ),
      fc.array(
        fc.constantFrom("exported", "submitted", "ready", "withdrawn").map((c) => command(c)),
      ),
    );
    fc.assert(
      fc.property(anyStep, anyStep, fc.constantFrom(...reachable), (before, behind, from) => {
        fc.pre(from !== "reversed");
        expect(after(from, ...before, result("succeeded"), ...behind)).toBe("succeeded");
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("standingOf", () => {
  const standings: readonly (readonly [MoneyState, Standing])[] = [
    ["pending_approval", "reserves"],
    ["ready", "reserves"],
    ["exported", "reserves"],
    ["submitted", "reserves"],
    ["processing", "reserves"],
    ["needs_action", "reserves"],
    ["unknown", "reserves"],
    ["abnormal", "reserves"],
    ["conflict", "reserves"],
    ["succeeded", "spends"],
    ["failed", "frees"],
    ["closed", "frees"],
    ["reversed", "frees"],
    ["withdrawn", "frees"],
  ];

  it.each(standings)("R47 X2 says that %s %s", (state, standing) => {
    expect(standingOf(state)).toBe(standing);
  });
});

describe("tellers", () => {
  const results = [
    "processing",
    "needs_action",
    "unknown",
    "abnormal",
    "succeeded",
    "failed",
    "closed",
    "reversed",
  ] as const;

  it("R6 X6 lets only a success be told by the customer and only an unknown by staff alone", () => {
    for (const state of results) {
      const told = tellers(state);
      expect(told.includes("cust")).toBe(state === "succeeded");
      expect(told.includes("staff")).toBe(state === "unknown");
      expect(told.includes("file")).toBe(false);
      expect(told).toEqual(expect.arrayContaining(["row", "slip", "portal", "support"]));
    }
  });
});
