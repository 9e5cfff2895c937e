import type { PaymentMethod, SettlementType } from '@fiscalkit/schemas';
import { type Meanings, meaning } from './meaning.js';

export const paymentMethodMeanings: Meanings<PaymentMethod> = {
  full_prepayment: meaning('Предоплата 100 %', '100 % oldindan to‘lov', 'Full prepayment'),
  partial_prepayment: meaning('Частичная предоплата', 'Qisman oldindan to‘lov', 'Partial prepayment'),
  advance: meaning('Аванс', 'Avans (bo‘nak)', 'Advance'),
  full_payment: meaning('Полный расчёт', 'To‘liq hisob-kitob', 'Full payment on delivery'),
  partial_payment: meaning(
    'Частичный расчёт и кредит',
    'Qisman hisob-kitob va kredit',
    'Partial payment, the rest on credit',
  ),
  credit: meaning('Передача в кредит', 'Kreditga topshirish', 'Handed over on credit'),
  credit_payment: meaning('Оплата кредита', 'Kredit to‘lovi', 'Payment of a credit'),
};

export const settlementTypeMeanings: Meanings<SettlementType> = {
  cash: meaning('Наличные', 'Naqd pul', 'Cash'),
  cashless: meaning('Безналичная оплата', 'Naqd pulsiz to‘lov', 'Cashless payment'),
  prepayment: meaning(
    'Зачёт предоплаты или аванса',
    'Oldindan to‘lov yoki avans hisobidan',
    'Offset of a prepayment or advance',
  ),
  postpayment: meaning('Постоплата (в кредит)', 'Keyin to‘lash (kreditga)', 'Payment later, on credit'),
  consideration: meaning('Встречное предоставление', 'Muqobil ta’minot', 'Consideration in kind'),
};
