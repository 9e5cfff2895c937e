import { connect } from 'node:net';

// Opens idle connections: `node crowd.fixture.ts PORT COUNT`. Prints `open` once all are open.
const [port, count] = process.argv.slice(2).map(Number);
const atOnce = 200;
let begun = 0;
let open = 0;

function next(): void {
  if (begun === count) return;
  begun += 1;
  const socket = connect(port ?? 0, '127.0.0.1', () => {
    open += 1;
    if (open === count) process.stdout.write('open\n');
    next();
  });
  socket.on('error', (error) => process.stderr.write(`${error.message}\n`));
}

for (let queue = 0; queue < atOnce; queue += 1) next();
