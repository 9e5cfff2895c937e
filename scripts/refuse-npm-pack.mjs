// The prepack script of every published package. npm leaves `workspace:` and `catalog:` in a packed manifest,
// which nobody can install.
const { env } = process;

if (!env.npm_config_user_agent?.startsWith('pnpm/')) {
  console.error(
    'This package is packed by pnpm alone (npx pnpm pack): others would leave ranges of the workspace in it, which nobody can install.',
  );
  process.exitCode = 1;
}
