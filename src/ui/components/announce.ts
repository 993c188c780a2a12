/** Clears first, so that the same sentence twice is read twice. */
const say = (region: string, text: string): void => {
  const element = document.getElementById(region);
  if (element === null) return;
  element.textContent = "";
  setTimeout(() => {
    element.textContent = text;
  }, 60);
};

/** Reads a sentence out when the reader is idle; `#status` of index.html. */
export const announce = (text: string): void => say("status", text);

/** Reads a sentence out at once, for what a person must not miss; `#alert` of index.html. */
export const alertNow = (text: string): void => say("alert", text);
