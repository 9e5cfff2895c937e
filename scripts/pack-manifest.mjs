// The prepack and postpack scripts of every published package. pnpm writes versions in the place of
// `workspace:` and `catalog:`, and npm leaves them: for `npm pack` the manifest has them while it is packed,
// and is put back by postpack. What a registry is told comes from the manifest beside the tarball, so
// publishing is left to pnpm.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const { env, argv } = process;
const kept = 'node_modules/.package.json.kept';

if (argv[2] === 'restore') restore();
else if (!env.npm_config_user_agent?.startsWith('pnpm/')) prepare();

function prepare() {
  if (env.npm_command === 'publish') {
    console.error(
      'This package is published by pnpm alone (npm run release): npm would tell the registry ranges of the workspace.',
    );
    process.exitCode = 1;
    return;
  }
  // A pack that was cut off left its manifest behind.
  restore();
  const written = readFileSync('package.json', 'utf8');
  writeFileSync(kept, written);
  const manifest = JSON.parse(written);
  for (const field of ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies']) {
    for (const [name, range] of Object.entries(manifest[field] ?? {}))
      manifest[field][name] = versionOf(name, range);
  }
  writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

function restore() {
  if (existsSync(kept)) renameSync(kept, 'package.json');
}

/** Returns the range that pnpm would write. */
function versionOf(name, range) {
  if (range === 'catalog:') return catalogued(name);
  if (!range.startsWith('workspace:')) return range;
  const sign = range.slice('workspace:'.length);
  if (!['^', '~', '*'].includes(sign)) return sign;
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  return sign === '*' ? version : `${sign}${version}`;
}

function catalogued(name) {
  const [, catalog] = readFileSync('../../pnpm-workspace.yaml', 'utf8').match(/^catalog:\n((?: {2}.*\n)*)/m);
  const entry = catalog.split('\n').find((line) => line.replaceAll("'", '').startsWith(`  ${name}: `));
  return entry.slice(entry.lastIndexOf(': ') + 2);
}
