/** The confirmation that the provider's page prints for Anor, and its answer. */

export const documentedConfirmation = {
  transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee',
  qr_code: 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161',
};

export const documentedAnswer = {
  data: {
    message: 'Fiscalization completed successfully',
    error_code: 0,
    payment_id: 123456,
    transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee',
  },
  error: null,
  is_success: true,
};
