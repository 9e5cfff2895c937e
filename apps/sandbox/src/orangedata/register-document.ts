import type { CallbackToSend, ProviderCallbacks } from '../emulators/callbacks.js';
import type { CallbackManner, OutcomeFault } from '../faults/fault.js';
import type { Answer } from '../http/answer.js';
import { writeName } from '../writing/write-receipt.js';
import type { WritingWay } from '../writing/writing-way.js';
import type { OrangedataAccount } from './account.js';
import { checkDocument } from './check-document.js';
import { decideOrangedataOutcome } from './decide-outcome.js';
import type { OrangedataDependencies } from './dependencies.js';
import type { OrangedataDocument } from './document-schema.js';
import { refusalOf } from './organisations.js';
import type { OrangedataContent, OrangedataKind, OrangedataRecord } from './record.js';
import { bodyOf, rememberedSince } from './status.js';

interface RegistrationCall {
  readonly account: OrangedataAccount;
  readonly path: OrangedataKind;
  /** Body as parsed. */
  readonly document: unknown;
  readonly fault: OutcomeFault | null;
  /** Ways in which the register keeps texts, beside dropping what its code page lacks. */
  readonly writing: readonly WritingWay[];
  readonly manners: readonly CallbackManner[];
  readonly callbacks: Pick<ProviderCallbacks, 'plan'>;
}

/**
 * Takes a document into the queue. An id that the organisation has used gets an empty 409, whatever kind and
 * content it comes with.
 */
export function registerOrangedataDocument(
  { account, path, document, fault, writing, manners, callbacks }: RegistrationCall,
  dependencies: OrangedataDependencies,
): Answer {
  const { documents, records, kept, options, createId, clock } = dependencies;
  const now = clock();
  const check = checkDocument(path, account, document);
  if (!check.ok) return refusalOf(...check.errors);
  const { id, callbackUrl, meta, content } = check.document;
  const { inn, group } = account;
  const first = documents.get(inn, id);
  if (first !== null && first.createdAt > rememberedSince(now, options))
    return { status: 409, body: undefined };
  const createdAt = now.getTime();
  const record: OrangedataRecord = {
    kind: 'orangedata',
    path,
    id,
    inn,
    group,
    meta: meta ?? null,
    content: keptContent(content, writing),
    texts: content.positions?.map(({ text }) => text) ?? [],
    createdAt,
    outcome: decideOrangedataOutcome({ account, createdAt, fault }, dependencies),
  };
  records.register(record);
  kept.add('orangedata.register', { path, ...check.document });
  if (callbackUrl !== undefined) {
    callbacks.plan({ url: callbackUrl, manners, ...callbackOf(record, { createId, clock }) });
  }
  return { status: 201, body: undefined };
}

/** Returns the content as the register keeps it: characters outside of its code page are dropped silently. */
function keptContent(
  {
    type,
    totalSum,
    positions,
    correctionType,
    causeDocumentDate,
    causeDocumentNumber,
  }: OrangedataDocument['content'],
  writing: readonly WritingWay[],
): OrangedataContent {
  const kept = positions?.map(({ text, quantity, price, tax, paymentMethodType }) => ({
    text: writeName(text, ['cp866-drop', ...writing]),
    quantity,
    price,
    tax,
    paymentMethodType,
  }));
  const isCorrection = correctionType !== undefined && causeDocumentDate !== undefined;
  return {
    type,
    totalSum,
    ...(kept && { positions: kept }),
    ...(isCorrection && { ground: { correctionType, causeDocumentDate, causeDocumentNumber } }),
  };
}

/** Returns what OrangeData tells about a document when it is done: the same as the question gets. */
function callbackOf(
  record: OrangedataRecord,
  { createId, clock }: Pick<OrangedataDependencies, 'createId' | 'clock'>,
): Omit<CallbackToSend, 'url' | 'manners'> {
  const { id, outcome } = record;
  return {
    reference: id,
    finalAt: outcome.kind === 'registers' ? outcome.at : null,
    bodyOf: (moment) => (moment === 'final' ? bodyOf(record, clock()) : { id, inn: record.inn }),
    ofAnother: () => ({ id: createId() }),
    readBody: (body) => ({ named: String(body.id), status: 'fp' in body ? 'done' : 'queued' }),
  };
}
