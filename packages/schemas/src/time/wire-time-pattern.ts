/** How the receipts API prints times: `29.03.2023 17:37:00`. */
export const wireTimePattern = /^\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2}$/;
