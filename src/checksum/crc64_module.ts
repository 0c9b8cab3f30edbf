/**
 * The module of crc64.wat, made by `node test/structure/crc64_module.mjs --write`.
 * @module
 */

/** Its bytes (the file crc64.wasm) in base64. */
export const MODULE: string =
  "AGFzbQEAAAABBgFgAn9/AAMCAQAFAwEAAQcJAgFtAgABZgAACngBdgEBfwNAIAIgAP0AAOoVIAD9AADsFP1RIAD9AACmCf1RIAD9AADtBv1RIAD9AAC7Bv1RIAD9AACkBv1RIAD9AACZAf1RIAD9AAAA/VH9CwCALCAAQRBqIQAgAkEQaiICIAFJDQALQZYWIAFBlhZqQeoV/AoAAAs=";
