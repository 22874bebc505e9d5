/**
 * The work factor of PBKDF2 with HMAC-SHA-256, as OWASP has it since 2023
 * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2). Kept with
 * whatever it made, so that it can grow.
 */
export const KDF_ITERATIONS = 600_000;
