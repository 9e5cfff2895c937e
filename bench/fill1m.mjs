import { fillSqlite } from './dist/benchmarks/growth/fill-sqlite.js';
import { createWriteStream } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
const size = 1_000_000;
await fillSqlite('/tmp/recon1m/ledger.sqlite', size, 'shop');
const db = new DatabaseSync('/tmp/recon1m/ledger.sqlite', { readOnly: true });
console.log(db.prepare("select count(*) c, min(accepted_at) a, max(accepted_at) b, sum(operation_type='sell') s from entries where merchant=(select number from names where name='shop')").get());
const out = createWriteStream('/tmp/recon1m/payments.csv');
out.write('payment_id,kind,amount,time,currency\n');
let i = 0;
// unordered: by digest of the id
for (const r of db.prepare("select payment_id p, operation_type t, total_minor m, accepted_at a from entries where merchant=(select number from names where name='shop') order by key").iterate()) {
  i += 1;
  if (i % 100000 === 0) continue; // receipts without payment
  const line = `${r.p},${r.t === 'sell' ? 'sell' : 'refund'},${((i % 99999 === 0 ? r.m + 1 : r.m) / 100).toFixed(2)},${new Date(r.a).toISOString()},RUB\n`;
  if (!out.write(line)) await new Promise((d) => out.once('drain', d));
}
out.end();
