import { parseAmount } from '@fiscalkit/schemas';
import type { OrangedataAccount } from './account.js';
import { documentSchemas, type OrangedataDocument } from './document-schema.js';
import type { OrangedataKind } from './record.js';

/** Checks a document by the schema of its path and of the group's format; returns the errors if there are any. */
export function checkDocument(
  path: OrangedataKind,
  { format }: Pick<OrangedataAccount, 'format'>,
  document: unknown,
):
  | { readonly ok: true; readonly document: OrangedataDocument }
  | { readonly ok: false; readonly errors: readonly string[] } {
  const schema = documentSchemas[format][path];
  if (schema === null) return { ok: false, errors: ['Группа не поддерживает эту версию ФФД'] };
  const check = schema.safeParse(document);
  if (!check.success) {
    const errors = check.error.issues.map(
      (issue) => `Некорректное значение поля '${issue.path.map(String).join('.')}' (${issue.code})`,
    );
    return { ok: false, errors };
  }
  const read: OrangedataDocument = check.data;
  const errors = errorsOfSums(read.content);
  return errors.length === 0 ? { ok: true, document: read } : { ok: false, errors };
}

const cash = 1;

function errorsOfSums({ positions, checkClose, totalSum }: OrangedataDocument['content']): string[] {
  if (positions === undefined || checkClose === undefined) return [];
  const due = positions.reduce(
    (minor, { price, quantity }) => minor + Math.round(parseAmount(price) * quantity),
    0,
  );
  const paid = (payments: typeof checkClose.payments) =>
    payments.reduce((minor, { amount }) => minor + parseAmount(amount), 0);
  const cashless = checkClose.payments.filter(({ type }) => type !== cash);
  return [
    ...(due === parseAmount(totalSum) ? [] : ['Сумма документа не равна сумме позиций']),
    ...(paid(checkClose.payments) >= due ? [] : ['Сумма оплат меньше суммы документа']),
    ...(paid(cashless) <= due ? [] : ['Сумма безналичных оплат больше суммы документа']),
  ];
}
