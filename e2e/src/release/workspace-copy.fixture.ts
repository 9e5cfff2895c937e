import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../example-in.fixture.js';

const run = promisify(execFile);

/** What a release reads. */
const parts = ['.changeset', 'packages', 'apps', 'scripts', 'tools'];
const rootFiles = [
  'package.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'LICENSE',
  '.gitignore',
];

/** A copy of the workspace that may be released, and what is asked of it. */
export interface WorkspaceCopy {
  readonly folder: string;
  /** Runs the release program; answers whether it succeeded and what it printed. */
  release(commandLine: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Outcome>;
  /** Commits whatever has changed. */
  commit(): Promise<void>;
  remove(): Promise<void>;
}

export interface Outcome {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Copies the workspace's sources as they are now into a repository of their own, and installs what they need from the store. */
export async function copyWorkspace(): Promise<WorkspaceCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'fiscalkit-workspace-'));
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...parts, ...rootFiles];
  const { stdout } = await run('git', listing, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  for (const file of stdout.split('\0').filter((each) => each !== '' && existsSync(join(root, each)))) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  const manager = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).packageManager;
  await run('npx', ['--yes', manager, 'install', '--prefer-offline', '--ignore-scripts'], { cwd: folder });
  await cp(join(root, 'tools/release/dist'), join(folder, 'tools/release/dist'), { recursive: true });
  const git = (...commandLine: string[]) => run('git', [...identity, ...commandLine], { cwd: folder });
  const commit = async () => {
    await git('add', '--all');
    await git('commit', '--quiet', '--allow-empty', '--message', 'State');
  };
  await git('init', '--quiet', '--initial-branch=main');
  await commit();
  return {
    folder,
    commit,
    release: (commandLine, environment) => release(folder, commandLine, environment),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const identity = [
  '-c',
  'user.name=fiscalkit',
  '-c',
  'user.email=test@example.com',
  '-c',
  'core.autocrlf=false',
];

async function release(
  folder: string,
  commandLine: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const program = join(folder, 'tools/release/dist/main.js');
  const settings = { cwd: folder, env: { ...process.env, ...environment }, maxBuffer: 16 * 1024 * 1024 };
  return run(process.execPath, [program, ...commandLine], settings).then(
    ({ stdout }) => ({ succeeded: true, output: stdout }),
    ({ stdout, stderr }) => ({ succeeded: false, output: `${stdout}${stderr}` }),
  );
}
