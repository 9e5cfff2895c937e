// Builds the workspace and runs one of its programs: `npm run gateway`, `npm run sandbox`, `npm start`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, root, tasks } from './workspace.mjs';

const programs = {
  demo: 'examples/demo/dist/main.js',
  gateway: 'apps/gateway/dist/main.js',
  sandbox: 'apps/sandbox/dist/main.js',
  shop: 'examples/shop/dist/main.js',
  bench: 'bench/dist/main.js',
  chaos: 'e2e/chaos/dist/main.js',
  fuzz: 'e2e/fuzz/dist/main.js',
  verify: 'apps/gateway/dist/main.js',
  schemas: 'apps/json-schema/dist/generate/main.js',
  'schemas:check': 'tools/release/dist/main.js',
  'schemas:cross-validate': 'apps/json-schema/dist/cross-validation/main.js',
  structure: 'tools/structure/dist/main.js',
  release: 'tools/release/dist/main.js',
  'release:version': 'tools/release/dist/main.js',
};

/** Commands of a program that have a script of their own. */
const commands = {
  verify: ['verify'],
  'schemas:check': ['schemas-check'],
  release: ['publish'],
  'release:version': ['version'],
};

const [name, ...rest] = process.argv.slice(2);
const programArguments = [...(commands[name] ?? []), ...rest];

await install();
await tasks('Build', 'build');
const program = spawn(
  join(root, 'node_modules', '.bin', 'node'),
  [join(root, programs[name]), ...programArguments],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
// Ctrl-C reaches the whole group, so the program stops by itself; a signal to this process alone is passed
// on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => program.kill('SIGTERM'));
program.once('exit', (code) => process.exit(code ?? 1));
