import { run } from './command-line.js';

// The database server's package sets the exit status of a process that ends by itself.
process.exit(await run(process.argv.slice(2)));
