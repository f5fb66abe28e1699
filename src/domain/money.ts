/** An exact decimal (never a float) with its ISO 4217 currency. */
export interface Money {
  value: string;
  currency: string;
}

const DECIMAL = /^-?\d{1,15}(\.\d{1,4})?$/;
const CURRENCY = /^[A-Z]{3}$/;

/** True for what the store can keep exactly: up to 15 digits before and 4 after the point. */
export function isDecimal(value: string): boolean {
  return DECIMAL.test(value);
}

export function isCurrency(code: string): boolean {
  return CURRENCY.test(code);
}

/** "4,514 USD", "99.50 EUR": grouped, exact, whole amounts without decimals. */
export function formatMoney(money: Money): string {
  const [whole = '0', cents = ''] = money.value.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = cents.replace(/0+$/, '');
  return `${grouped}${rest === '' ? '' : `.${rest.padEnd(2, '0')}`} ${money.currency}`;
}
