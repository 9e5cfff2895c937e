import { runProgram } from './run-program.js';

const withinMs = 120_000;
const apt = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'Acquire::http::Timeout=20'];

/** Installs packages of Debian. Answers why it could not, or nothing when it could. */
export async function installPackages(packages: readonly string[]): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'only root may install packages';
  // A machine without the lists, or with old ones, finds no package; where there is no network the next step fails and says so.
  await runProgram('/usr/bin/env', [...apt, 'update'], withinMs);
  const install = [...apt, 'install', '--yes', '--no-install-recommends', ...packages];
  const { status, errors } = await runProgram('/usr/bin/env', install, withinMs);
  return status === 0 ? undefined : errors.trim().split('\n').at(-1);
}
