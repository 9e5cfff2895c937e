import type { FiscalEvent, FiscalEventKind } from '@fiscalkit/ledger';
import { Injectable, Module, type Provider, Scope } from '@nestjs/common';
import { describe, expect, it, vi } from 'vitest';
import { ledgerPath, openSandbox, pollOptions, shopAt, startApplication } from '../application.fixture.js';
import { FiscalModule } from '../module/fiscal.module.js';
import { getFiscalServiceToken } from '../module/inject-fiscal.decorator.js';
import { confirmation, sale } from '../receipt.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { sqlite } from '../store/sqlite.js';
import { FiscalTestingModule } from '../testing/fiscal-testing.module.js';
import { OnFiscalEvent } from './on-fiscal-event.decorator.js';

const hasty = { retry: { baseMs: 1, factor: 1, capMs: 1, jitter: 0 } };

/** An application with one more provider and events that are repeated at once. */
function startWith(...providers: Provider[]) {
  return startApplication({ imports: [FiscalTestingModule.forRoot({ events: hasty })], providers });
}

describe('@OnFiscalEvent', () => {
  it('calls a method with what happened, in order', async () => {
    const seen: string[] = [];
    @Injectable()
    class Orders {
      @OnFiscalEvent(['receipt.accepted', 'receipt.registered', 'payment.confirmed'])
      note({ kind, entry }: FiscalEvent) {
        seen.push(`${kind} ${entry.facets.paymentId}`);
      }
    }
    const application = await startWith(Orders);
    const fiscal = application.get(FiscalService);
    await fiscal.receipts.create({ receipt: sale('1') });
    await vi.waitFor(() => expect(seen).toEqual(['receipt.accepted 1', 'receipt.registered 1']), pollOptions);
    await fiscal.payments.confirm({ wallet: 'anor', confirmation });
    await vi.waitFor(
      () => expect(seen.at(-1)).toBe(`payment.confirmed ${confirmation.transaction_id}`),
      pollOptions,
    );
  });

  it('calls a method that throws again with the same event, on its own instance', async () => {
    @Injectable()
    class Orders {
      readonly ids: string[] = [];
      @OnFiscalEvent('receipt.registered')
      async mail({ id }: FiscalEvent) {
        this.ids.push(id);
        if (this.ids.length < 3) throw new Error('no mail today');
      }
    }
    const application = await startWith(Orders);
    const { ids } = application.get(Orders);
    await application.get(FiscalService).receipts.create({ receipt: sale('1') });
    await vi.waitFor(() => expect(ids).toHaveLength(3), pollOptions);
    expect(new Set(ids).size).toBe(1);
  });

  it('keeps what a handler has not taken for the next start, under its name', async () => {
    const path = ledgerPath();
    const sandbox = await openSandbox();
    const start = (orders: Provider) =>
      startApplication({
        imports: [
          FiscalModule.forRoot({
            ledger: sqlite({ path }),
            merchants: { shop: shopAt(sandbox) },
            events: hasty,
          }),
        ],
        providers: [orders],
      });

    let failures = 0;
    @Injectable()
    class Orders {
      @OnFiscalEvent('receipt.registered', { name: 'mail' })
      mail() {
        failures += 1;
        throw new Error('no mail today');
      }
    }
    const first = await start(Orders);
    await first.get(FiscalService).receipts.create({ receipt: sale('1') });
    await vi.waitFor(() => expect(failures).toBeGreaterThan(0), pollOptions);
    await first.close();

    const mailed: string[] = [];
    @Injectable()
    class Mailer {
      @OnFiscalEvent('receipt.registered', { name: 'mail' })
      send({ entry }: FiscalEvent) {
        mailed.push(entry.facets.paymentId);
      }
    }
    await start(Mailer);
    await vi.waitFor(() => expect(mailed).toEqual(['1']), pollOptions);
  });

  it('hears of one named instance only', async () => {
    const seen: string[] = [];
    @Injectable()
    class Orders {
      @OnFiscalEvent('receipt.accepted', { instance: 'uz' })
      abroad({ entry }: FiscalEvent) {
        seen.push(entry.facets.paymentId);
      }
    }
    const sandbox = await openSandbox();
    const options = () => ({ ledger: sqlite({ path: ':memory:' }), merchants: { shop: shopAt(sandbox) } });
    const application = await startApplication({
      imports: [FiscalModule.forRoot(options()), FiscalModule.forRoot({ name: 'uz', ...options() })],
      providers: [Orders],
    });
    await application.get(FiscalService).receipts.create({ receipt: sale('home'), waitMs: 5_000 });
    await application
      .get<FiscalService>(getFiscalServiceToken('uz'))
      .receipts.create({ receipt: sale('abroad') });
    await vi.waitFor(() => expect(seen).toEqual(['abroad']), pollOptions);
  });

  it('forgets a handler that is no more, and none that is at work', async () => {
    @Injectable()
    class Orders {
      @OnFiscalEvent('receipt.overdue')
      notify() {}
    }
    const fiscal = (await startWith(Orders)).get(FiscalService);
    await expect(fiscal.forgetHandler('Orders.notify')).rejects.toMatchObject({
      code: 'event.handler.in-use',
    });
    await fiscal.forgetHandler('Orders.whistle');
  });
});

describe('a handler that would never be called, or twice', () => {
  it('stops the application from starting when its class is made for every request', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Orders {
      @OnFiscalEvent('receipt.registered')
      mail() {}
    }
    await expect(startWith(Orders)).rejects.toMatchObject({
      code: 'event.handler.scope',
      message: expect.stringMatching(/^Orders#mail: /),
    });
  });

  it('stops the application from starting when it names an instance that there is not', async () => {
    @Injectable()
    class Orders {
      @OnFiscalEvent('receipt.registered', { instance: 'nowhere' })
      mail() {}
    }
    await expect(startWith(Orders)).rejects.toMatchObject({
      code: 'event.handler.instance',
      message: expect.stringMatching(/^Orders#mail: .*"nowhere"/),
    });
  });

  it.each([
    ['one that there is not', ['receipt.registerd'], '"receipt.registerd"'],
    ['none', [], 'at least one'],
  ])('stops the application from starting when its kinds are %s', async (_, kinds, words) => {
    @Injectable()
    class Orders {
      // As JavaScript may write it.
      @OnFiscalEvent(kinds as FiscalEventKind[])
      mail() {}
    }
    await expect(startWith(Orders)).rejects.toMatchObject({
      code: 'event.handler.kinds',
      message: expect.stringMatching(new RegExp(`^Orders#mail: .*${words}`)),
    });
  });

  it('stops the application from starting when two have one name', async () => {
    @Injectable()
    class Orders {
      @OnFiscalEvent('receipt.registered', { name: 'mail' })
      one() {}
      @OnFiscalEvent('receipt.registered', { name: 'mail' })
      two() {}
    }
    await expect(startWith(Orders)).rejects.toMatchObject({
      code: 'event.handler.duplicate',
      message: expect.stringMatching(/^Orders#two: Orders#one /),
    });
  });

  it('stops the application from starting when its class is provided twice', async () => {
    @Injectable()
    class Orders {
      @OnFiscalEvent('receipt.registered')
      mail() {}
    }
    @Module({ providers: [Orders] })
    class Elsewhere {}
    const imports = [FiscalTestingModule.forRoot(), Elsewhere];
    await expect(startApplication({ imports, providers: [Orders] })).rejects.toMatchObject({
      code: 'event.handler.duplicate',
      message: expect.stringMatching(/^Orders#mail: /),
    });
  });
});

it('marks no method that takes anything but an event', () => {
  class Orders {
    // @ts-expect-error: an address is no event
    @OnFiscalEvent('receipt.registered')
    mail(_address: string) {}
    // @ts-expect-error: there is no such event
    @OnFiscalEvent('receipt.lost')
    search() {}
    @OnFiscalEvent('receipt.registered')
    count() {}
  }
  expect(Orders).toBeDefined();
});
