/** Digits with what people put between them: blanks, dots, dashes, brackets. */
const separators = /[\s().-]/g;
const indianMobile = /^(?:0|91)?([6-9]\d{9})$/;
const international = /^\+[1-9]\d{7,14}$/;
const ofIndia = /^\+91[1-9]\d{9}$/;

/**
 * A phone number as E.164, or null when it is none. Ten digits of an Indian mobile number, also
 * after 0 or 91, get +91; numbers of India have ten digits after it.
 */
export function phoneNumber(text: string): string | null {
  const digits = text.trim().replace(separators, "");
  const national = indianMobile.exec(digits)?.[1];
  if (national) return `+91${national}`;
  if (!international.test(digits)) return null;
  return digits.startsWith("+91") && !ofIndia.test(digits) ? null : digits;
}
