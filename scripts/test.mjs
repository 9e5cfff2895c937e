import { install, step, tasks } from './workspace.mjs';

await install();
await step('Lint and format', 'biome', ['check', '--error-on-warnings']);
await tasks('Build and type-check', 'build', 'typecheck');
await step('Dead code', 'knip', []);
await step('Tests', 'vitest', ['run', ...process.argv.slice(2)]);
