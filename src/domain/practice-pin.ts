/** Everybody's PIN in practice, shown where it is asked for; practice data is worth no secret. */
export const practicePin = "739182";
