import { readFileSync } from 'node:fs';

/** Memory that a process occupies, in mebibytes; `null` where the system does not tell. */
export function memoryOf(processId: number): number | null {
  try {
    const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) / 1_024;
  } catch {
    return null;
  }
}
