// Prepares the workspace on a machine that has nothing but Node 20 and npm. This file runs on that Node;
// everything that it starts runs on the Node that the root package.json pins.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const installStamp = join(root, 'node_modules', '.installed-lockfile');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The environment of started programs: the tools of the workspace come first. */
export const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: '1',
  npm_config_update_notifier: 'false',
};

/** Runs one command in the root, with its output passed through. Returns its exit status. */
function run(command, commandArguments) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, { cwd: root, env: environment, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs one named step, and ends this process with the step's status when it fails. */
async function step(title, command, commandArguments) {
  const startedAt = Date.now();
  console.log(`\n▸ ${title}`);
  const code = await run(command, commandArguments);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (code !== 0) {
    console.error(`\n✗ ${title}: failed after ${seconds} s (exit status ${code})`);
    process.exit(code);
  }
  console.log(`✓ ${title} (${seconds} s)`);
}

/** Arguments of `npx` for the package manager that package.json names, so that the machine needs none. */
export const packageManager = ['--yes', manifest.packageManager];

function lockfileDigest() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
}

/** Installs the dependencies, unless the lockfile is the one that was installed last. */
export async function install() {
  const digest = lockfileDigest();
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === digest) return;
  await step('Install dependencies', 'npx', [
    ...packageManager,
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
  ]);
  writeFileSync(installStamp, digest);
}

/** Runs a tool of the workspace as a step, through the package manager: tools and tests call that too. */
export async function tool(title, ...command) {
  await step(title, 'npx', [...packageManager, 'exec', ...command]);
}

/**
 * Runs tasks of every package; takes the result from the cache when nothing that it depends on has changed.
 */
export async function tasks(title, ...names) {
  await tool(title, 'turbo', 'run', ...names, '--output-logs=new-only');
}
