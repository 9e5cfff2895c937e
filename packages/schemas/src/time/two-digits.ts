/** Writes a part of a time with two digits: 7 is `07`. */
export function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
