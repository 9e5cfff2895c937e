// Runs one task of a developer in a workspace that is installed first: `npm run build`, `npm run lint`, ….
import { install, tasks, tool } from './workspace.mjs';

const [name, ...rest] = process.argv.slice(2);

const run = {
  build: () => tasks('Build', 'build', ...rest),
  typecheck: () => tasks('Build and type-check', 'build', 'typecheck', ...rest),
  async lint() {
    await tool('Lint and format', 'biome', 'check', '--error-on-warnings', ...rest);
    await tool('Dead code', 'knip');
  },
  format: () => tool('Format', 'biome', 'check', '--write', '--error-on-warnings', ...rest),
  async 'test:watch'() {
    await tasks('Build', 'build');
    await tool('Tests', 'vitest', 'watch', ...rest);
  },
  async guides() {
    await tasks('Build', 'build', '--filter=@fiscalkit/gateway...', '--filter=@fiscalkit/sandbox...');
    const generators = [
      'src/configuration/guide.test.ts',
      'src/metrics/deploy.test.ts',
      'src/fields/fields.test.ts',
    ];
    const projects = ['--project', '@fiscalkit/gateway', '--project', '@fiscalkit/e2e'];
    await tool('Tables of the guides', 'vitest', 'run', ...projects, ...generators, '--update');
  },
  changeset: () => tool('Changeset', 'changeset', ...rest),
}[name];

await install();
await run();
