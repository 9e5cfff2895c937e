// Checks an export of receipts against its manifest: node verify-export.mjs FILE.manifest.json
// It shares no code with fiscalkit and needs nothing but Node 20 or later: read it before you trust it.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

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

/** Splits a row of a table into its cells; a quoted cell may hold commas, and quotes as two. */
function cellsOf(row) {
  const cells = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < row.length; at += 1) {
    const sign = row[at];
    if (isQuoted && sign === '"' && row[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === ',' && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}

/** Reads the receipts of the file, one a line. No cell of a table has a line break. */
async function* receipts() {
  let names = null;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line === '') continue;
    if (manifest.file.type === 'jsonl') yield JSON.parse(line);
    else if (names === null) names = cellsOf(line);
    else {
      const cells = cellsOf(line);
      yield Object.fromEntries(names.map((name, column) => [name, cells[column]]));
    }
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
