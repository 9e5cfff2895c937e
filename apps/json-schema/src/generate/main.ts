import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageRoot } from '../published-files.js';
import { generatedFiles } from './generated-files.js';

/** Folders that hold generated files and nothing else. */
const generatedFolders = ['examples', 'schemas'];

const files = generatedFiles();
for (const folder of generatedFolders) await rm(join(packageRoot, folder), { recursive: true, force: true });
for (const [path, text] of files) {
  await mkdir(dirname(join(packageRoot, path)), { recursive: true });
  await writeFile(join(packageRoot, path), text);
}
process.stdout.write(`${files.size} files written.\n`);
