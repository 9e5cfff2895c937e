import type { StoredSeal } from '../journal/make-seal.js';
import type { SealedRow } from '../journal/outline.js';
import type { NotedSeal } from './audit-report.js';
import { faultOfNoted } from './noted-seal.js';
import { RowWindow } from './row-window.js';
import type { Scan } from './scan.js';
import { SealScan, type SealScanResult } from './seal-scan.js';
import { whileReadable } from './while-readable.js';

/** Scans the seals and all rows, in the order of positions. */
export async function scanSeals(scan: Scan, noted: NotedSeal | undefined): Promise<SealScanResult> {
  const { source, findings, marks, progress, reportProgress } = scan;
  const window = new RowWindow(countedRows(scan));
  const seals = new SealScan({ window, source, marks, findings });
  let found: StoredSeal | null = null;
  await whileReadable(findings, async () => {
    for await (const page of source.seals()) {
      for (const seal of page) {
        await seals.add(seal);
        if (seal.number === noted?.number) found = seal;
      }
      progress.seals += page.length;
      reportProgress();
    }
    await seals.end();
  });
  const rewritten = noted && faultOfNoted(noted, found);
  if (rewritten) findings.add(rewritten);
  return seals.result();
}

async function* countedRows({ source, progress, reportProgress }: Scan): AsyncIterable<readonly SealedRow[]> {
  for await (const page of source.rows()) {
    progress.rows += page.length;
    reportProgress();
    yield page;
  }
}
