#!/usr/bin/env node
// Nothing is imported before the version is known: an older Node would end in a stack trace about something that it doesn't have.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  // Without a listener, Node opens a debugger at this signal, and with it all keys.
  process.on('SIGUSR1', () => {});
  // One that came earlier has opened it already; one that was asked for by an option stays.
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
