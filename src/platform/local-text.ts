const memory = new Map<string, string>();

/** Small texts that must be there before the first paint; where the browser refuses, they last as long as the window. */
export const localText = {
  getItem: (name: string): string | null => {
    try {
      return localStorage.getItem(name);
    } catch {
      return memory.get(name) ?? null;
    }
  },
  setItem: (name: string, value: string): void => {
    try {
      localStorage.setItem(name, value);
    } catch {
      memory.set(name, value);
    }
  },
};
