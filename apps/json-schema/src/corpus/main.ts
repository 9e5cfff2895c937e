import { writeCorpus } from './corpus.js';

const [folder, count = '5000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
if (folder === undefined || !/^\d+$/.test(count) || !/^\d+$/.test(seed)) {
  process.stderr.write('Usage: corpus FOLDER [COUNT] [SEED]\n');
  process.exit(2);
}

const names = await writeCorpus({ folder, count: Number(count), seed: Number(seed) });
process.stdout.write(`${names.length} files with ${count} documents each, drawn with seed ${seed}.\n`);
