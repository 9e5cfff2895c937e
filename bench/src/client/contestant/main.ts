import { type ContestantName, contestants } from './contestants.js';
import { takeTurn } from './take-turn.js';

const [name, baseUrl = ''] = process.argv.slice(2);
const contestant = contestants[name as ContestantName](baseUrl);

// The parent names the number of calls of each turn; a contestant between two turns takes no time.
process.on('message', async (calls: number) => process.send?.(await takeTurn(contestant, calls)));
