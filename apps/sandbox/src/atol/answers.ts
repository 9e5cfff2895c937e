import { formatWireTime } from '@fiscalkit/schemas';
import type { Answer } from '../http/answer.js';
import type { AtolError } from './record.js';

const moscow = 3;

/** Returns a time as ATOL prints it: on Moscow's clock. */
export function atolTime(now: Date): string {
  return formatWireTime(now, moscow);
}

/** Texts of the errors of the service. */
const texts: Readonly<Record<number, string>> = {
  10: 'Не передан токен',
  11: 'Переданный токен не активен',
  12: 'Неверный логин или пароль',
  20: 'Код группы не соответствует токену',
  21: 'Группа касс не поддерживает эту версию протокола',
  30: 'Передан некорректный UUID',
  31: 'Операция не поддерживается',
  34: 'Состояние чека не найдено. Попробуйте позднее',
  40: 'Некорректный запрос',
  41: 'Тип содержимого не поддерживается',
  50: 'Ошибка сервера. Обратитесь к Администратору.',
};

/** Returns an error of the service with its documented text. */
export function systemError(code: number, text = texts[code] ?? ''): AtolError {
  return { type: 'system', code, text };
}

/** Returns the answer to a refused call; a document is named only where one exists. */
export function errorAnswerOf(
  status: number,
  error: AtolError,
  { now, ...others }: { now: Date; uuid?: string; status?: 'wait' | 'fail' },
): Answer {
  const { type, code, text } = error;
  const body = { error: { error_id: `sandbox-${code}`, code, text, type }, timestamp: atolTime(now) };
  return { status, body: { ...others, ...body } };
}
