import type { Provider } from '@fiscalkit/client';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { AttemptMemory } from '../delivery/attempt-memory.js';
import type { NewEntry } from '../entry/entry.js';
import { handedInDocuments } from './handed-in-documents.fixture.js';
import type { Scenario } from './scenario.fixture.js';

/** What a world is made of, besides its store. */
export interface WorldParts {
  readonly scenario: Scenario;
  /** Freezes as a real provider does; what it answers is the world's business. */
  readonly provider: Provider;
  /** Per plan, what the desk makes of it each time that it is handed in. */
  readonly documents: ReadonlyMap<string, readonly NewEntry[]>;
  readonly createMemory: () => AttemptMemory;
}

/** Makes ready what the worlds of a scenario share. */
export async function worldParts(scenario: Scenario): Promise<WorldParts> {
  const provider = providerOf(scenario);
  const documents = new Map<string, readonly NewEntry[]>();
  for (const plan of scenario.plans) documents.set(plan.name, await handedInDocuments(plan, provider));
  return { scenario, provider, documents, createMemory: () => new AttemptMemory() };
}

function providerOf({ provider, timing, plans }: Scenario): Provider {
  const confirms = plans.some(({ operation }) => operation === 'confirmation');
  const real = confirms ? createFiscalbox() : createFreedompay({ merchantId: '542088', secretKey: 'key' });
  const { settlesWithinMs } = timing;
  return { ...real, capabilities: { ...real.capabilities, ...provider, settlesWithinMs } };
}
