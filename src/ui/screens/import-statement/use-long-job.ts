import { useLayoutEffect, useRef } from "preact/hooks";

import { useAbilities } from "../../deps.tsx";

/** One job at a time that can be cancelled. */
export type LongJob = {
  readonly run: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  readonly cancel: () => void;
};

const askBeforeClosing = (event: Event): void => event.preventDefault();

/** While it runs no update comes over it and the browser asks before it closes; leaving the screen cancels it. */
export const useLongJob = (): LongJob => {
  const { markDraftOpen } = useAbilities();
  const running = useRef<AbortController>(undefined);
  useLayoutEffect(() => () => running.current?.abort(), []);
  return {
    run: async (work) => {
      const controller = new AbortController();
      running.current = controller;
      const release = markDraftOpen();
      addEventListener("beforeunload", askBeforeClosing);
      try {
        await work(controller.signal);
      } finally {
        removeEventListener("beforeunload", askBeforeClosing);
        release();
      }
    },
    cancel: () => running.current?.abort(),
  };
};
