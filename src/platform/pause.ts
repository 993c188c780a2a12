const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });

/** Less than a frame takes: the page stays quick, and its turns cost next to nothing. */
const workMs = 12;

let last = 0;

/** Lets the page draw and answer taps once enough was done; a timer would make long work wait four milliseconds more. */
export const pause = async (): Promise<void> => {
  if (performance.now() - last < workMs) return;
  await turn();
  last = performance.now();
};
