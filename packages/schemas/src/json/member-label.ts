import { quoted } from './quoted.js';

/** Documents share their field names, and there are not many; a caller who invents more must not fill the memory. */
const mostLabels = 1_000;
const longestKey = 64;

const labels = new Map<string, string>();

/** Writes what stands before the value of a member: its key, quoted, and a colon. */
export function memberLabel(key: string): string {
  const known = labels.get(key);
  if (known !== undefined) return known;
  const label = `${quoted(key)}:`;
  if (labels.size < mostLabels && key.length <= longestKey) labels.set(key, label);
  return label;
}
