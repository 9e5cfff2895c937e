export const queueName = 'receipts';
