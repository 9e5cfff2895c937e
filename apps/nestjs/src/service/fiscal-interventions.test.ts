import { expect, it } from 'vitest';
import { openSandbox, shopAt, startApplication } from '../application.fixture.js';
import { FiscalModule } from '../module/fiscal.module.js';
import { buyerEmail, sale } from '../receipt.fixture.js';
import { RecordingLogger } from '../recording-logger.fixture.js';
import { sqlite } from '../store/sqlite.js';
import { FiscalService } from './fiscal.service.js';

const vera = { by: 'vera', reason: 'canary reason' };

async function start(deliver: boolean) {
  const fault = { kind: 'reject', code: 'no', message: 'no' } as const;
  const sandbox = await openSandbox({ faults: [{ endpoint: 'receipts.create', on: { call: 1 }, fault }] });
  const options = { ledger: sqlite({ path: ':memory:' }), merchants: { shop: shopAt(sandbox) }, deliver };
  const logger = new RecordingLogger();
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] }, logger);
  return { fiscal: application.get(FiscalService), logger, sandbox };
}

it('lets people stop an entry, let it go on, and end it', async () => {
  const { fiscal, logger } = await start(false);
  const { receipt } = await fiscal.receipts.create({ receipt: sale('1') });
  const action = { ...vera, id: receipt.receipt_id };
  expect((await fiscal.interventions.stuck({ olderThanMs: 0 })).map(({ id }) => id)).toEqual([action.id]);
  expect(await fiscal.interventions.park(action)).toMatchObject({ state: 'parked' });
  expect(await fiscal.interventions.stuck()).toHaveLength(1);
  expect(await fiscal.interventions.retry(action)).toMatchObject({ state: 'accepted' });
  const outcome = { kind: 'registered' } as const;
  expect(await fiscal.interventions.resolve({ ...action, outcome })).toMatchObject({ state: 'registered' });
  expect((await fiscal.interventions.history(action.id))?.journal).toHaveLength(4);
  await expect(fiscal.interventions.retry(action)).rejects.toMatchObject({ code: 'entry.state' });

  expect(logger.fiscal).toContainEqual(
    expect.stringMatching(
      `^log Fiscal entry.intervened id=${action.id} .* action=park by=vera from=accepted to=parked$`,
    ),
  );
  expect(logger.lines.join('\n')).not.toMatch(new RegExp(`canary|${buyerEmail}`));
});

it('hands a rejected receipt in again', async () => {
  const { fiscal, sandbox } = await start(true);
  const { receipt } = await fiscal.receipts.create({ receipt: sale('1'), waitMs: 10_000 });
  expect(receipt.status).toBe('rejected');
  const { id } = await fiscal.interventions.resubmit({ ...vera, id: receipt.receipt_id });
  expect(await fiscal.receipts.waitFor({ id, timeoutMs: 10_000 })).toMatchObject({ status: 'registered' });
  const again = await fiscal.receipts.create({ receipt: sale('1') });
  expect(again).toMatchObject({ replayed: true, receipt: { receipt_id: id } });
  const statuses = sandbox.journal().receipts.map(({ status }) => status);
  expect(statuses).toEqual(['rejected', 'registered']);
});
