// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { watchIdle } from "../../src/ui/auto-lock.ts";

const minute = 60_000;
const lock = vi.fn();
let hidden = false;
let stop = (): void => undefined;

const look = (away: boolean): void => {
  hidden = away;
  document.dispatchEvent(new Event("visibilitychange"));
};

const watch = (): void => {
  stop = watchIdle({ idleMs: 3 * minute, hiddenMs: minute, lock });
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance", "Date"] });
  hidden = false;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  lock.mockReset();
});

describe("a device left alone", () => {
  it("rel-X6 F68 locks after the minutes of the setting, and not a second before", () => {
    watch();
    vi.advanceTimersByTime(3 * minute - 1000);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(lock).toHaveBeenCalled();
  });

  it.each(["pointerdown", "pointermove", "keydown", "touchstart", "wheel"])(
    "rel-X6 begins anew with %s, also where a page stops it",
    (name) => {
      watch();
      const page = document.createElement("div");
      page.addEventListener(name, (event) => event.stopPropagation());
      document.body.append(page);
      vi.advanceTimersByTime(2 * minute);
      page.dispatchEvent(new Event(name, { bubbles: true }));
      vi.advanceTimersByTime(2 * minute);
      expect(lock).not.toHaveBeenCalled();
      vi.advanceTimersByTime(minute);
      expect(lock).toHaveBeenCalled();
    },
  );

  it("F59 a clock set back does not keep it open", () => {
    watch();
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(3 * minute);
    expect(lock).toHaveBeenCalled();
  });

  it("F68 a sleep that stopped the monotonic clock counts, and the touch that wakes it does not open it", () => {
    watch();
    vi.setSystemTime(Date.now() + 10 * minute);
    dispatchEvent(new Event("pointerdown"));
    expect(lock).toHaveBeenCalledOnce();
  });

  it("is left in peace when the watch has ended", () => {
    watch();
    stop();
    look(true);
    vi.advanceTimersByTime(10 * minute);
    dispatchEvent(new Event("pointerdown"));
    look(false);
    expect(lock).not.toHaveBeenCalled();
  });
});

describe("a page out of sight", () => {
  it("rel-X6 F68 locks after more than a minute", () => {
    watch();
    look(true);
    vi.advanceTimersByTime(minute);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(lock).toHaveBeenCalled();
  });

  it("stays open for a look at another app", () => {
    watch();
    look(true);
    vi.advanceTimersByTime(minute - 1000);
    look(false);
    vi.advanceTimersByTime(minute);
    expect(lock).not.toHaveBeenCalled();
  });

  it("F68 locks when it comes back, before anything is drawn, where timers stood still", () => {
    watch();
    look(true);
    vi.setSystemTime(Date.now() + minute + 1);
    look(false);
    expect(lock).toHaveBeenCalledOnce();
  });

  it("counts from the start when it is begun out of sight", () => {
    hidden = true;
    watch();
    vi.advanceTimersByTime(minute + 1000);
    expect(lock).toHaveBeenCalled();
  });
});
