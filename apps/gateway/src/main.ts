#!/usr/bin/env node
// Imports nothing before the version is checked: an older Node would print a stack trace.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  // Without a listener, Node opens a debugger at this signal, and with it access to all keys.
  process.on('SIGUSR1', () => {});
  // A debugger that an earlier signal opened is closed; one that an option opened stays.
  const inspector = process.getBuiltinModule('node:inspector');
  const options = [...process.execArgv, process.env.NODE_OPTIONS].join(' ');
  if (inspector.url() !== undefined && !/--inspect(?!-port|-publish)/.test(options)) inspector.close();
  void import('./program.js').then(({ runProgram }) => runProgram());
} else {
  process.stderr.write(
    `fiscalkit-gateway needs Node 22.19 or later; this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
}

export {};
