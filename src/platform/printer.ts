/** Prints what the page's print view shows. */
export const printPaper = (_paper: "slip_58" | "slip_80" | "a4"): void => window.print();
