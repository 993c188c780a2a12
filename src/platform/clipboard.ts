/** False when the browser refused; the text is then shown for copying by hand. */
export const copyText = async (text: string): Promise<boolean> => {
  const { clipboard } = navigator as Partial<Navigator>;
  if (clipboard === undefined) return false;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
