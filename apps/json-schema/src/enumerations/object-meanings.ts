import type { PaymentObject } from '@fiscalkit/schemas';
import { type Meanings, meaning } from './meaning.js';

export const paymentObjectMeanings: Meanings<PaymentObject> = {
  goods: meaning('Товар', 'Tovar', 'Goods'),
  excise_goods: meaning('Подакцизный товар', 'Aksiz to‘lanadigan tovar', 'Excise goods'),
  job: meaning('Работа', 'Ish', 'Work'),
  service: meaning('Услуга', 'Xizmat', 'Service'),
  gambling_bet: meaning('Ставка азартной игры', 'Qimor o‘yini tikuvi', 'Gambling bet'),
  gambling_win: meaning('Выигрыш азартной игры', 'Qimor o‘yini yutug‘i', 'Gambling prize'),
  lottery_ticket: meaning(
    'Лотерейный билет или ставка',
    'Lotereya chiptasi yoki tikuvi',
    'Lottery ticket or bet',
  ),
  lottery_win: meaning('Выигрыш лотереи', 'Lotereya yutug‘i', 'Lottery prize'),
  intellectual_activity: meaning(
    'Права на результаты интеллектуальной деятельности',
    'Intellektual faoliyat natijalariga huquqlar',
    'Rights to intellectual property',
  ),
  payment: meaning(
    'Платёж: аванс, задаток, предоплата, кредит',
    'To‘lov: avans, zakalat, oldindan to‘lov, kredit',
    'Payment: advance, deposit, prepayment, credit',
  ),
  agent_commission: meaning('Агентское вознаграждение', 'Agentlik haqi', 'Agent’s fee'),
  payout: meaning(
    'Взнос, пеня, штраф, вознаграждение, бонус',
    'Badal, penya, jarima, mukofot, bonus',
    'Contribution, penalty, fine, reward, bonus',
  ),
  another_subject: meaning('Иной предмет расчёта', 'Boshqa hisob-kitob predmeti', 'Anything else'),
  property_right: meaning('Имущественное право', 'Mulkiy huquq', 'Property right'),
  non_operating_income: meaning(
    'Внереализационный доход',
    'Sotuvdan tashqari daromad',
    'Non-operating income',
  ),
  insurance_contributions: meaning(
    'Иные платежи и взносы, уменьшающие налог',
    'Soliqni kamaytiradigan boshqa to‘lov va badallar',
    'Other payments and contributions that reduce a tax',
  ),
  trade_collection: meaning('Торговый сбор', 'Savdo yig‘imi', 'Trade levy'),
  resort_collection: meaning(
    'Курортный сбор, туристический налог',
    'Kurort yig‘imi, turistik soliq',
    'Resort levy, tourist tax',
  ),
  pledge: meaning('Залог', 'Garov', 'Pledge'),
  expense: meaning(
    'Расход, уменьшающий доход',
    'Daromadni kamaytiradigan xarajat',
    'Expense that reduces income',
  ),
  pension_insurance_ip: meaning(
    'Взносы на пенсионное страхование: ИП без выплат физлицам',
    'Pensiya sug‘urtasi badallari: jismoniy shaxslarga to‘lovsiz YaTT',
    'Pension insurance of a sole trader without payees',
  ),
  pension_insurance: meaning(
    'Взносы на пенсионное страхование',
    'Pensiya sug‘urtasi badallari',
    'Pension insurance',
  ),
  health_insurance_ip: meaning(
    'Взносы на медицинское страхование: ИП без выплат физлицам',
    'Tibbiy sug‘urta badallari: jismoniy shaxslarga to‘lovsiz YaTT',
    'Health insurance of a sole trader without payees',
  ),
  health_insurance: meaning(
    'Взносы на медицинское страхование',
    'Tibbiy sug‘urta badallari',
    'Health insurance',
  ),
  social_insurance: meaning(
    'Взносы на социальное страхование',
    'Ijtimoiy sug‘urta badallari',
    'Social insurance',
  ),
  casino: meaning('Платёж казино', 'Kazino to‘lovi', 'Casino payment'),
  insurance_collection: meaning(
    'Выдача денежных средств банковским платёжным агентом',
    'Bank to‘lov agenti tomonidan pul berish',
    'Cash given out by a bank payment agent',
  ),
  non_marked_excise: meaning(
    'Подакцизный товар, подлежащий маркировке, без кода маркировки',
    'Markirovka qilinishi shart aksiz tovar, markirovka kodisiz',
    'Excise goods subject to marking, without a mark code',
  ),
  marked_excise: meaning(
    'Подакцизный товар, подлежащий маркировке, с кодом маркировки',
    'Markirovka qilinishi shart aksiz tovar, markirovka kodi bilan',
    'Excise goods subject to marking, with a mark code',
  ),
  non_marked: meaning(
    'Товар, подлежащий маркировке, без кода маркировки',
    'Markirovka qilinishi shart tovar, markirovka kodisiz',
    'Goods subject to marking, without a mark code',
  ),
  marked: meaning(
    'Товар, подлежащий маркировке, с кодом маркировки',
    'Markirovka qilinishi shart tovar, markirovka kodi bilan',
    'Goods subject to marking, with a mark code',
  ),
};
