import { amountToNumber } from '@fiscalkit/schemas';
import type { CallbackToSend, ProviderCallbacks } from '../emulators/callbacks.js';
import type { CallbackManner, OutcomeFault } from '../faults/fault.js';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/route.js';
import { writeName } from '../writing/write-receipt.js';
import type { WritingWay } from '../writing/writing-way.js';
import { atolTime, errorAnswerOf, systemError } from './answers.js';
import { type AtolDocument, checkDocument } from './check-document.js';
import { contentOf, decideAtolOutcome } from './decide-outcome.js';
import type { AtolDependencies } from './dependencies.js';
import type { AtolGroup } from './group.js';
import { rememberedSince } from './memory.js';
import { type AtolOperation, kindOf } from './operations.js';
import type { AtolRecord } from './record.js';
import type { AtolReports } from './report.js';

interface RegistrationCall {
  readonly call: Call;
  readonly group: AtolGroup;
  /** Last part of the path. */
  readonly operation: string;
  readonly fault: OutcomeFault | null;
  /** Ways in which the register prints names. */
  readonly writing: readonly WritingWay[];
  readonly manners: readonly CallbackManner[];
  readonly callbacks: Pick<ProviderCallbacks, 'plan'>;
  readonly reports: Pick<AtolReports, 'bodyOf'>;
}

/**
 * Takes a document into the queue. An external id that the group remembers gets the uuid of its first document,
 * whatever operation and content it comes with.
 */
export function registerAtolReceipt(
  { call, group, operation, fault, writing, manners, callbacks, reports }: RegistrationCall,
  dependencies: AtolDependencies,
): Answer {
  const now = dependencies.clock();
  if (!/^application\/json/i.test(call.headers['content-type'] ?? '')) {
    return errorAnswerOf(415, systemError(41), { now });
  }
  const kind = kindOf(operation, group.version);
  if (kind === null) return errorAnswerOf(400, systemError(31), { now, status: 'fail' });
  if (call.document === undefined) return errorAnswerOf(400, systemError(40), { now, status: 'fail' });
  const check = checkDocument(group.version, kind, call.document);
  if (!check.ok) {
    const text = `Ошибка валидации входного чека. Ошибочные поля : ${check.fields.join(', ')}`;
    return errorAnswerOf(400, systemError(32, text), { now, status: 'fail' });
  }
  const { external_id: externalId } = check.document;
  const since = rememberedSince(group, now, dependencies.options);
  const first = dependencies.documents.byExternalId(group.code, externalId);
  if (first !== null && first.createdAt > since) {
    const text = `В системе существует чек с external_id : "${externalId}" и group_code: "${group.code}"`;
    return errorAnswerOf(400, systemError(33, text), { now, uuid: first.uuid, status: 'wait' });
  }
  const uuid = dependencies.createId();
  const taken = {
    group,
    operation: operation as AtolOperation,
    document: check.document,
    createdAt: now.getTime(),
    fault,
  };
  const record: AtolRecord = {
    kind: 'atol',
    uuid,
    groupCode: group.code,
    externalId,
    operation,
    ...documented(check.document, writing),
    createdAt: now.getTime(),
    outcome: decideAtolOutcome(taken, dependencies),
  };
  dependencies.records.register(record);
  dependencies.kept.add('atol.register', { operation, ...check.document });
  const url = check.document.service?.callback_url;
  // v4 takes a wrong address, and warns of it in the report.
  if (url !== undefined && isCallbackUrl.test(url)) {
    callbacks.plan({ url, manners, ...callbackOf(record, { reports, createId: dependencies.createId }) });
  }
  return { status: 200, body: { uuid, timestamp: atolTime(now), error: null, status: 'wait' } };
}

/** Returns what ATOL tells about a document when it is done or has failed. */
function callbackOf(
  record: AtolRecord,
  { reports, createId }: Pick<RegistrationCall, 'reports'> & Pick<AtolDependencies, 'createId'>,
): Omit<CallbackToSend, 'url' | 'manners'> {
  const { externalId: reference, outcome } = record;
  const bodies = {
    waiting: () => reports.bodyOf(record, 'wait'),
    early: () => ({ ...reports.bodyOf(record, 'wait'), status: 'done' }),
    final: () => reports.bodyOf(record, outcome.kind === 'registers' ? 'done' : 'fail'),
  };
  return {
    reference,
    finalAt: outcome.kind === 'stays-waiting' ? null : outcome.at,
    bodyOf: (moment) => bodies[moment](),
    ofAnother: () => ({ external_id: createId(), uuid: createId() }),
    readBody: ({ external_id, status }) => ({ named: String(external_id), status: String(status) }),
  };
}

const isCallbackUrl = /^https?:\/\/.{1,248}$/;

/** Result of a check of a mark code: all good (tag 2106). */
const allGood = 15;

function documented(document: AtolDocument, writing: readonly WritingWay[]) {
  const { items, totalMinor } = contentOf(document);
  const marks = items.flatMap((item) => ('mark_code' in item && item.mark_code ? [allGood] : []));
  return {
    total: amountToNumber(totalMinor),
    items: items.map(({ name, price, quantity, payment_method }) => ({
      name,
      price,
      quantity,
      payment_method,
    })),
    names: items.map(({ name }) => writeName(name, writing)),
    marks,
    ...('correction' in document && { correctionInfo: document.correction.correction_info }),
  };
}
