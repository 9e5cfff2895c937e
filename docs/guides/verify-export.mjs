// Checks an export of receipts against its manifest: node verify-export.mjs FILE.manifest.json
// It shares no code with fiscalkit and needs nothing but Node 20 or later: read it before you trust it.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const print = (line) => process.stdout.write(`${line}\n`);
const printError = (line) => process.stderr.write(`${line}\n`);
const [manifestPath] = process.argv.slice(2);
if (!manifestPath) {
  printError('usage: node verify-export.mjs FILE.manifest.json');
  process.exit(2);
}

let manifest;
let path;
try {
  manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  path = join(dirname(manifestPath), manifest.file.name);
} catch (error) {
  printError(`the manifest can't be read: ${error.message}`);
  process.exit(2);
}

/** Reads the rows of a table as lists of cells; a quoted cell may hold commas, line breaks, and quotes as two. */
async function* rows() {
  let cells = [];
  let cell = '';
  let isQuoted = false;
  let previous = '';
  for await (const text of createReadStream(path, { encoding: 'utf8' })) {
    for (const sign of text) {
      if (sign === '"') {
        // One that is doubled ended the quoted part, and begins it again.
        if (!isQuoted && previous === '"') cell += sign;
        isQuoted = !isQuoted;
      } else if (isQuoted || (sign !== ',' && sign !== '\n')) cell += sign;
      else {
        cells.push(cell);
        cell = '';
        if (sign === '\n') {
          yield cells;
          cells = [];
        }
      }
      previous = sign;
    }
  }
  if (cells.length > 0) yield [...cells, cell];
}

/** Reads the lines of a file; only a line feed ends one. */
async function* lines() {
  let rest = '';
  for await (const text of createReadStream(path, { encoding: 'utf8' })) {
    const whole = `${rest}${text}`.split('\n');
    rest = whole.pop();
    yield* whole;
  }
  if (rest !== '') yield rest;
}

/** Reads the receipts of the file. */
async function* receipts() {
  if (manifest.file.type === 'jsonl') {
    for await (const line of lines()) yield JSON.parse(line);
    return;
  }
  let names = null;
  for await (const cells of rows()) {
    if (names === null) names = cells;
    else yield Object.fromEntries(names.map((name, column) => [name, cells[column]]));
  }
}

const faults = [];
const compare = (what, found, expected) => {
  const [one, other] = [found, expected].map((value) => JSON.stringify(value));
  if (one !== other) faults.push(`${what}: the file has ${one}, the manifest says ${other}`);
};

try {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  compare('bytes', bytes, manifest.file.bytes);
  compare('sha256', hash.digest('hex'), manifest.file.sha256);

  let count = 0;
  let registered = 0;
  const sums = {};
  for await (const receipt of receipts()) {
    count += 1;
    if (receipt.status !== 'registered') continue;
    registered += 1;
    const { currency, operation_type: operation, total } = receipt;
    sums[currency] ??= {};
    // Kopecks or tiyin, in whole numbers.
    sums[currency][operation] = (sums[currency][operation] ?? 0n) + BigInt(total.replace('.', ''));
  }
  const sorted = (object, write) =>
    Object.fromEntries(
      Object.entries(object)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => [name, write(value)]),
    );
  const text = (minor) =>
    String(minor)
      .padStart(3, '0')
      .replace(/(\d\d)$/, '.$1');
  compare('receipts', count, manifest.receipts);
  compare('registered', registered, manifest.registered);
  const print = (ofCurrency) => sorted(ofCurrency, text);
  compare(
    'sums',
    sorted(sums, print),
    sorted(manifest.sums, (ofCurrency) => sorted(ofCurrency, String)),
  );
} catch (error) {
  printError(`the file can't be read: ${error.message}`);
  process.exit(2);
}

if (faults.length > 0) {
  print(['FAULTY', ...faults].join('\n'));
  process.exit(1);
}
const { number, hash } = manifest.last_seal ?? {};
print(`clean: ${manifest.receipts} receipts, ${manifest.registered} registered`);
if (number !== undefined) print(`the ledger's seal: fiscalkit-gateway verify --seal ${number}:${hash}`);
