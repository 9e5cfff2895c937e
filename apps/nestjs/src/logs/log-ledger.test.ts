import { Injectable } from '@nestjs/common';
import { expect, it } from 'vitest';
import { pollOptions, startApplication } from '../application.fixture.js';
import { OnFiscalEvent } from '../events/on-fiscal-event.decorator.js';
import { getFiscalServiceToken } from '../module/inject-fiscal.decorator.js';
import { buyerEmail, confirmation, sale } from '../receipt.fixture.js';
import { RecordingLogger } from '../recording-logger.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { FiscalTestingModule } from '../testing/fiscal-testing.module.js';

const logged = async (options: Parameters<typeof FiscalTestingModule.forRoot>[0], name?: string) => {
  const logger = new RecordingLogger();
  const application = await startApplication({ imports: [FiscalTestingModule.forRoot(options)] }, logger);
  const fiscal = application.get<FiscalService>(getFiscalServiceToken(name));
  return { logger, fiscal };
};

it('tells what became of a receipt, and nothing of what is in it', async () => {
  const fault = { kind: 'reject', code: 'canary-code', message: `no receipt for ${buyerEmail}` } as const;
  const rejectFirst = { endpoint: 'receipts.create', on: { call: 1 }, fault } as const;
  const { logger, fiscal } = await logged({ faults: [rejectFirst] });
  const { receipt: refused } = await fiscal.receipts.create({ receipt: sale('1'), waitMs: 5_000 });
  const { receipt: taken } = await fiscal.receipts.create({ receipt: sale('2'), waitMs: 5_000 });
  await fiscal.payments.confirm({ wallet: 'anor', confirmation });

  expect(logger.fiscal).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        `^debug Fiscal entry.accepted id=${taken.receipt_id} merchant=shop operation=receipt provider=freedompay$`,
      ),
      expect.stringMatching(`^warn Fiscal entry.changed id=${refused.receipt_id} .* to=rejected code=\\S+$`),
      expect.stringMatching(`^log Fiscal entry.changed id=${taken.receipt_id} .* to=registered$`),
    ]),
  );
  const everything = logger.lines.join('\n');
  for (const canary of [buyerEmail, 'canary', 'Чай', 'secret_key', confirmation.qr_code, '514343190161']) {
    expect(everything).not.toContain(canary);
  }
});

it('warns of what is held, by its ids and code alone', async () => {
  const faults = [{ endpoint: 'receipts.create', on: { call: 1 }, fault: { kind: 'reject' } }] as const;
  const { logger, fiscal } = await logged({ faults });
  await fiscal.receipts.create({ receipt: sale('1'), waitMs: 5_000 });
  const { receipt } = await fiscal.receipts.create({
    receipt: { ...sale('1'), operation_type: 'sell_refund' },
  });
  expect(logger.fiscal).toContain(
    `warn Fiscal entry.held id=${receipt.receipt_id} merchant=shop operation=receipt provider=freedompay code=sale.rejected`,
  );
});

it('tells of an outage, under the name of the instance', async () => {
  const faults = [{ endpoint: 'receipts.create', fault: { kind: 'status', status: 503 } }] as const;
  const breaker = { failures: 1, coolDownMs: 60_000, factor: 1, capMs: 60_000 };
  const { logger, fiscal } = await logged({ name: 'uz', faults, delivery: { defaults: { breaker } } }, 'uz');
  await fiscal.receipts.create({ receipt: sale('1') });
  await expect
    .poll(() => logger.fiscal.join('\n'), pollOptions)
    .toMatch(
      /^warn Fiscal:uz breaker\.changed provider=freedompay state=open account=\S+@http:\/\/127\.0\.0\.1:\d+$/m,
    );
});

it('tells of a handler that failed with message and stack, and without what could be a buyer', async () => {
  @Injectable()
  class Orders {
    @OnFiscalEvent('receipt.registered')
    mail() {
      throw new RangeError(`no mail to ${buyerEmail}`);
    }
  }
  const logger = new RecordingLogger();
  const imports = [FiscalTestingModule.forRoot()];
  const application = await startApplication({ imports, providers: [Orders] }, logger);
  await application.get(FiscalService).receipts.create({ receipt: sale('1') });
  await expect
    .poll(() => logger.fiscal, pollOptions)
    .toContain(
      'error Fiscal handler.failed handler=Orders.mail kind=receipt.registered attempts=1 error=RangeError - no mail to ***',
    );
  expect(logger.stacks[0]).toMatch(
    /^RangeError: no mail to \*\*\*\n +at Orders\.mail .*log-ledger\.test\.ts/,
  );
  expect(logger.lines.join('\n')).not.toContain(buyerEmail);
});
