import { endOnAccident } from '../program.js';
import { createLogger } from './logger.js';

// Logs so many lines within one turn, and ends: `node talker.fixture.ts COUNT ENDING`.
const [count, ending] = process.argv.slice(2);
endOnAccident(process);
const logger = createLogger('info');
for (let line = 0; line < Number(count); line += 1) logger.log('info', 'talk', { count: line });
if (ending === 'exit') process.exit(0);
if (ending === 'throw') throw new Error('an accident');
