import type { Fault } from './fault.js';

/** Groups the messages of faults by path, as error bodies print them: `{ "$.total": ["…"] }`. */
export function errorsByPath(faults: readonly Fault[]): Record<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const { path, message } of faults) {
    const messages = grouped.get(path);
    if (messages) messages.push(message);
    else grouped.set(path, [message]);
  }
  return Object.fromEntries(grouped);
}
