import { EntryScan } from './entry-scan.js';
import type { Scan } from './scan.js';
import type { SealScanResult } from './seal-scan.js';
import { whileReadable } from './while-readable.js';

/** Scans the entries; returns how many of them the store has counted that are not there. */
export async function scanEntries(scan: Scan, sealed: SealScanResult): Promise<number> {
  const { source, findings, marks, progress, reportProgress } = scan;
  const entries = new EntryScan({ marks, contiguous: source.contiguous, sealed, findings });
  let missing = 0;
  await whileReadable(findings, async () => {
    for await (const page of source.entries()) {
      for (const entry of page) entries.add(entry);
      progress.entries += page.length;
      reportProgress();
    }
    missing = entries.end();
  });
  return missing;
}
