import type {
  CorrectionOperationType,
  CorrectionType,
  OperationType,
  ReceiptFormat,
  ReceiptMethod,
  ReceiptStatus,
  SettlementType,
  TaxSystem,
} from '@fiscalkit/schemas';
import { type Meanings, meaning } from './meaning.js';

export const receiptFormatMeanings: Meanings<ReceiptFormat> = {
  ru_1_05: meaning('Российский чек, ФФД 1.05', 'Rossiya cheki, FFD 1.05', 'Russian receipt, FFD 1.05'),
  ru_1_2: meaning('Российский чек, ФФД 1.2', 'Rossiya cheki, FFD 1.2', 'Russian receipt, FFD 1.2'),
  uz_1_0: meaning('Чек Узбекистана', 'O‘zbekiston cheki', 'Uzbek receipt'),
};

export const operationTypeMeanings: Meanings<OperationType> = {
  sell: meaning('Приход', 'Kirim (sotuv)', 'Sale'),
  sell_refund: meaning('Возврат прихода', 'Kirimni qaytarish', 'Refund of a sale'),
  buy: meaning('Расход', 'Chiqim (xarid)', 'Purchase from a customer'),
  buy_refund: meaning('Возврат расхода', 'Chiqimni qaytarish', 'Refund of a purchase'),
};

export const correctionOperationTypeMeanings: Meanings<CorrectionOperationType> = {
  sell_correction: meaning('Коррекция прихода', 'Kirim tuzatmasi', 'Correction of a sale'),
  sell_refund_correction: meaning(
    'Коррекция возврата прихода',
    'Kirimni qaytarish tuzatmasi',
    'Correction of a refund of a sale',
  ),
  buy_correction: meaning('Коррекция расхода', 'Chiqim tuzatmasi', 'Correction of a purchase'),
  buy_refund_correction: meaning(
    'Коррекция возврата расхода',
    'Chiqimni qaytarish tuzatmasi',
    'Correction of a refund of a purchase',
  ),
};

export const correctionTypeMeanings: Meanings<CorrectionType> = {
  self: meaning('Самостоятельная операция', 'Mustaqil tuzatma', 'Own correction'),
  instruction: meaning(
    'Операция по предписанию налогового органа',
    'Soliq organi ko‘rsatmasi bo‘yicha tuzatma',
    'Correction by order of the tax office',
  ),
};

export const receiptStatusMeanings: Meanings<ReceiptStatus> = {
  pending: meaning('В обработке', 'Qayta ishlanmoqda', 'Not registered yet'),
  registered: meaning('Зарегистрирован', 'Ro‘yxatdan o‘tgan', 'Registered, with a fiscal mark'),
  rejected: meaning('Отклонён', 'Rad etilgan', 'Rejected, will not be registered'),
};

export const receiptMethodMeanings: Meanings<ReceiptMethod> = {
  separately: meaning('Отдельно от платежа', 'To‘lovdan alohida', 'Formed apart from the payment'),
  together: meaning('Вместе с платежом', 'To‘lov bilan birga', 'Formed with the payment'),
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

export const taxSystemMeanings: Meanings<TaxSystem> = {
  osn: meaning('Общая', 'Umumiy', 'General'),
  usn_income: meaning('Упрощённая, доход', 'Soddalashtirilgan, daromad', 'Simplified, income'),
  usn_income_outcome: meaning(
    'Упрощённая, доход минус расход',
    'Soddalashtirilgan, daromad minus xarajat',
    'Simplified, income less expenses',
  ),
  envd: meaning(
    'Единый налог на вменённый доход (отменён с 2021 года)',
    'Hisoblangan daromadga yagona soliq (2021-yildan bekor qilingan)',
    'Single tax on imputed income (abolished in 2021)',
  ),
  esn: meaning(
    'Единый сельскохозяйственный налог',
    'Yagona qishloq xo‘jaligi solig‘i',
    'Single agricultural tax',
  ),
  patent: meaning('Патентная', 'Patent', 'Patent'),
};
