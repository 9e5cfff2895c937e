import { readLists } from './read-lists.js';

process.stdout.write(`${JSON.stringify(await readLists(JSON.parse(process.argv[2] ?? '')))}\n`);
