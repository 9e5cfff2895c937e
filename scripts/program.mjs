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
};

const [name, ...programArguments] = process.argv.slice(2);

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
// Ctrl-C reaches the whole group, so the program stops by itself; a signal sent to this process alone is handed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => program.kill('SIGTERM'));
program.once('exit', (code) => process.exit(code ?? 1));
