/** So many rows of one entry are named as missing: its version may have been changed to any number. */
export const mostAbsent = 20;
