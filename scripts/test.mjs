// Runs the tests: those of the components, or with `--system` those of the whole system.
import { componentTests, systemTests } from './test-projects.mjs';
import { install, tasks, tool } from './workspace.mjs';

const [first, ...others] = process.argv.slice(2);
const isSystem = first === '--system';
const vitestArguments = isSystem ? others : process.argv.slice(2);
const projects = (isSystem ? systemTests : componentTests).flatMap(({ name }) => ['--project', name]);

await install();
if (!isSystem) await tool('Lint and format', 'biome', 'check', '--error-on-warnings');
await tasks('Build and type-check', 'build', 'typecheck');
if (!isSystem) await tool('Dead code', 'knip');
await tool(isSystem ? 'System tests' : 'Tests', 'vitest', 'run', ...projects, ...vitestArguments);
