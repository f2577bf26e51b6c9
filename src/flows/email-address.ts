// What counts as an e-mail address.

const EMAIL = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;

/** At most the 254 characters that a path in SMTP leaves for it (RFC 5321 4.5.3.1.3). */
const LONGEST = 254;

export function isEmail(text: string): boolean {
  return text.length <= LONGEST && EMAIL.test(text);
}
