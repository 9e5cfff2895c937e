import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives all temporary files of this process, gigabytes of them, a folder that ends with it, however it ends. */
export function useTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-bench-'));
  // The database server may run as another user, who must be able to reach its data.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
