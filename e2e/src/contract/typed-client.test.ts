import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleIn } from '../example-in.fixture.js';
import { demo } from './call.fixture.js';
import { type DemoGateway, startDemoGateway } from './gateway.fixture.js';
import { type TypedProject, typedProject } from './typed-project.fixture.js';

const program = exampleIn('docs/guides/typed-client.md', 'ts');

let harness: DemoGateway;
let project: TypedProject;

beforeAll(async () => {
  harness = await startDemoGateway();
  project = await typedProject(harness.url);
});
afterAll(async () => {
  project.remove();
  await harness[Symbol.asyncDispose]();
});

it('a client generated from the description fiscalizes a receipt', async () => {
  expect(await project.compile(program)).toBe('');
  const output = await project.run({
    GATEWAY_URL: harness.url,
    MERCHANT_ID: demo.merchantId,
    MERCHANT_SECRET: demo.secretKey,
  });
  expect(output).toMatch(/^registered https:\/\/\S+\n$/);
  expect(harness.sandbox.journal().receipts).toHaveLength(1);
});

it.each([
  ['a field of the document', 'payment_object', 'payment_thing'],
  ['a value of the document', 'full_payment', 'half_payment'],
  ['a path', '/v5/receipts', '/v5/bills'],
  ['a parameter', 'path: { receipt_id', 'path: { id'],
])('the compiler finds a wrong name: %s', async (_, right, wrong) => {
  expect(program).toContain(right);
  const complaint = await project.compile(program.replaceAll(right, wrong));
  expect(complaint).toMatch(/^fiscalize\.ts\(\d+,\d+\): error TS\d+/);
  expect(complaint).toContain(wrong.replace('path: { ', ''));
});
