import type { Provider } from '@fiscalkit/client';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { AttemptMemory } from '../delivery/attempt-memory.js';
import { callProvider } from '../delivery/call-provider.js';
import { transitionAfter } from '../entry/after-step.js';
import type { NewEntry } from '../entry/entry.js';
import { handedInDocuments } from './handed-in-documents.fixture.js';
import type { ConfiguredAccount, Scenario } from './scenario.fixture.js';

/** What a world is made of, besides its store. */
export interface WorldParts {
  readonly scenario: Scenario;
  /** The provider through each of the accounts that may be configured: it freezes as a real one does; what it answers is the world's business. */
  readonly providers: readonly Provider[];
  /** Per plan, what the service makes of it each time that it is handed in, at each of the accounts. */
  readonly documents: ReadonlyMap<string, readonly (readonly NewEntry[])[]>;
  readonly createMemory: () => AttemptMemory;
  readonly call: typeof callProvider;
  readonly decide: typeof transitionAfter;
}

const usualAccount: ConfiguredAccount = { merchantId: '542088', address: 'https://api.freedompay.uz' };

/** Makes ready what the worlds of a scenario share. */
export async function worldParts(scenario: Scenario): Promise<WorldParts> {
  const { accounts = [usualAccount] } = scenario;
  const providers = accounts.map((account) => providerOf(scenario, account));
  const documents = new Map<string, readonly (readonly NewEntry[])[]>();
  for (const plan of scenario.plans) {
    documents.set(
      plan.name,
      await Promise.all(providers.map((provider) => handedInDocuments(plan, provider))),
    );
  }
  const createMemory = () => new AttemptMemory();
  return { scenario, providers, documents, createMemory, call: callProvider, decide: transitionAfter };
}

function providerOf(
  { provider, timing, plans }: Scenario,
  { merchantId, address }: ConfiguredAccount,
): Provider {
  const confirms = plans.some(({ operation }) => operation === 'confirmation');
  const real = confirms
    ? createFiscalbox()
    : createFreedompay({ merchantId, secretKey: 'key', baseUrl: address });
  const { settlesWithinMs } = timing;
  return { ...real, capabilities: { ...real.capabilities, ...provider, settlesWithinMs } };
}
