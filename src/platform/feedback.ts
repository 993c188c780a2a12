export type FeedbackSettings = { readonly sound: boolean; readonly vibration: boolean };

/** Beeps and buzzes on top of what is seen and read out, never instead of it. */
export type Feedback = {
  /** Browsers give sound only after a tap: call it on the first one. */
  readonly wake: () => void;
  readonly recognised: () => void;
  readonly refused: () => void;
};

type Tone = { readonly hertz: number; readonly ms: number; readonly afterMs: number };

const recognisedTones: readonly Tone[] = [{ hertz: 1800, ms: 80, afterMs: 0 }];
const refusedTones: readonly Tone[] = [
  { hertz: 330, ms: 120, afterMs: 0 },
  { hertz: 330, ms: 120, afterMs: 180 },
];

const volume = 0.2;

const play = (context: AudioContext, { hertz, ms, afterMs }: Tone): void => {
  const start = context.currentTime + afterMs / 1000;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.value = volume;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + ms / 1000);
};

/** `settings` is asked at each signal, so that a change counts at once. */
export const createFeedback = (settings: () => FeedbackSettings): Feedback => {
  let context: AudioContext | undefined;

  const signal = (tones: readonly Tone[], pattern: number | number[]): void => {
    const { sound, vibration } = settings();
    if (sound && context?.state === "running") for (const tone of tones) play(context, tone);
    if (vibration) (navigator as Partial<Navigator>).vibrate?.(pattern);
  };

  return {
    wake: () => {
      const { AudioContext: Context } = globalThis as Partial<typeof globalThis>;
      if (Context === undefined) return;
      context ??= new Context();
      // Refused without a tap: the next tap wakes it.
      context.resume().catch(() => undefined);
    },
    recognised: () => signal(recognisedTones, 60),
    refused: () => signal(refusedTones, [60, 80, 60]),
  };
};
