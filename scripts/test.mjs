import { install, tasks, tool } from './workspace.mjs';

await install();
await tool('Lint and format', 'biome', 'check', '--error-on-warnings');
await tasks('Build and type-check', 'build', 'typecheck');
await tool('Dead code', 'knip');
await tool('Tests', 'vitest', 'run', ...process.argv.slice(2));
