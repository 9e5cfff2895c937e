import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);
const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
const compiler = join(dirname(manifest), 'bin', 'tsc');
const declarations = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

const options = {
  strict: true,
  exactOptionalPropertyTypes: false,
  noEmit: true,
  target: 'es2022',
  module: 'nodenext',
  experimentalDecorators: true,
  skipLibCheck: true,
  types: [],
  lib: ['es2023', 'esnext.disposable', 'dom'],
};

const beginning = `import { type ClosingPosition, type FiscalEvent, type FiscalReceipt, FiscalService, OnFiscalEvent, type RefundPosition, type RefundReceipt, type RussianReceiptInput, uncheckedReceipt } from '${declarations}';
declare const fiscal: FiscalService;
declare const json: unknown;
declare const client: Parameters<FiscalService['receipts']['acceptWithin']>[0];
const tea = { name: 'Tea', price: 50, quantity: 2, vat_code: 'vat_22', payment_method: 'full_payment', payment_object: 'goods' } as const;
const sale = { receipt_format: 'ru_1_05', payment_id: '1', operation_type: 'sell', customer: { email: 'buyer@example.com' }, positions: [tea], settlements: [{ type: 'cashless', sum: '100.00' }] } as const;
const soum = { name: 'Choy', price: 50, quantity: 2, vat_code: 'vat_12', ikpu_code: '10999001001000000', package_code: '1' } as const;
const less = { name: 'Tea', price: 50, quantity: 2, vat_code: 'vat_22', payment_object: 'goods' } as const;
export const used = [fiscal, json, client, tea, sale, soum, less];
`;

/**
 * Compiles each text, as a file of an application, with the built declarations; answers what the compiler says of each, with the word that it
 * points at.
 */
export async function compile(texts: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = texts.map((text, index) => {
    const file = `case-${index}.mts`;
    writeFileSync(join(folder, file), `${beginning}${text}\n`);
    return file;
  });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files }));
  const child = await run(process.execPath, [compiler, '-p', folder, '--pretty', 'false']).catch(
    (failure: { stdout: string }) => failure,
  );
  // What is said of a file goes on in lines that are indented.
  const said = child.stdout.split(/\n(?!\s)/);
  return files.map((file, index) => {
    const lines = `${beginning}${texts[index]}`.split('\n');
    return said
      .filter((message) => message.includes(file))
      .map((message) => `${message} at ${wordAt(lines, message)}`)
      .join('\n');
  });
}

function wordAt(lines: readonly string[], message: string): string {
  const [, line, column] = /\((\d+),(\d+)\): error/.exec(message) ?? [];
  return /^[\w$]*/.exec(lines[Number(line) - 1]?.slice(Number(column) - 1) ?? '')?.[0] ?? '';
}
