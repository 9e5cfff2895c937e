import { readFileSync } from 'node:fs';

/** Linux counts processor time for its users in hundredths of a second. */
const tickUs = 10_000;

/** Returns the processor time of a process so far, in microseconds; `null` on systems other than Linux. */
export function processorTime(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The fields after the program's name, which may hold anything: the twelfth and the next are user and
  // system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickUs;
}

/** Returns the peak memory of a process so far, in megabytes; Linux only. */
export function peakMemory(pid: number): number {
  const kibibytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}
