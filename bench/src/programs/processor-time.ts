import { readFileSync } from 'node:fs';

/** Linux counts processor time for its users in hundredths of a second. */
const tickUs = 10_000;

/** Processor time that a process has taken so far, in microseconds; `null` where the system does not tell. */
export function processorTime(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The fields after the program's name, which may hold anything: the twelfth and the next are user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickUs;
}
