#!/usr/bin/env node
// Nothing is imported before the version check: an older Node would fail with a stack trace.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  // Without a listener, Node opens a debugger at this signal.
  process.on('SIGUSR1', () => {});
  // An earlier signal has opened it already; a debugger requested by an option stays open.
  const inspector = process.getBuiltinModule('node:inspector');
  const options = [...process.execArgv, process.env.NODE_OPTIONS].join(' ');
  if (inspector.url() !== undefined && !/--inspect(?!-port|-publish)/.test(options)) inspector.close();
  void import('./program/run.js').then(async ({ run }) => {
    process.exitCode = await run(process.argv.slice(2), process.env);
  });
} else {
  process.stderr.write(
    `fiscalkit-sandbox needs Node 22.19 or later; this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
}

export {};
