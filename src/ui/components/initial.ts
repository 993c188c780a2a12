/** The letter that stands for a person: the last character of a Chinese name, the first of any other. */
export const initialOf = (name: string): string | undefined => {
  const characters = Array.from(name.trim());
  const last = characters.at(-1);
  return last !== undefined && /\p{Script=Han}/u.test(last) ? last : characters[0]?.toUpperCase();
};
