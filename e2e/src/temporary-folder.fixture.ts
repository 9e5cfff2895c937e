import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** An empty folder, which `removeTemporaryFolders` removes. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `fiscalkit-${name}-`));
  folders.push(folder);
  return folder;
}

/** Removes what the tests of a file have left; for `afterAll`. */
export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
