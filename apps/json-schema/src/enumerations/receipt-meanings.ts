import type { OperationType, ReceiptFormat, ReceiptMethod, ReceiptStatus, Wallet } from '@fiscalkit/schemas';
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

export const receiptStatusMeanings: Meanings<ReceiptStatus> = {
  pending: meaning('В обработке', 'Qayta ishlanmoqda', 'Not registered yet'),
  registered: meaning('Зарегистрирован', 'Ro‘yxatdan o‘tgan', 'Registered, with a fiscal mark'),
  rejected: meaning('Отклонён', 'Rad etilgan', 'Rejected, will not be registered'),
};

export const receiptMethodMeanings: Meanings<ReceiptMethod> = {
  separately: meaning('Отдельно от платежа', 'To‘lovdan alohida', 'Formed apart from the payment'),
  together: meaning('Вместе с платежом', 'To‘lov bilan birga', 'Formed with the payment'),
};

export const walletMeanings: Meanings<Wallet> = {
  anor: meaning('Anor Bank', 'Anor Bank', 'Anor Bank'),
  click: meaning('Click', 'Click', 'Click'),
  payme: meaning('Payme', 'Payme', 'Payme'),
  uzum: meaning('Uzum Bank', 'Uzum Bank', 'Uzum Bank'),
};
