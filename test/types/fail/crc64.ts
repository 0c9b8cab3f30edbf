/** What the checksum must not take. */
import { combineCrc64, crc64, createCrc64, useCrc64Module } from "oss-fetch/crc64";

// Error: a text has no bytes
crc64("123456789");

// Error: a CRC-64 is a bigint, the header's text is not
createCrc64("11051210869376104954");

// Error: a length is a number of bytes
combineCrc64(1n, 2n, 3n);

// Error: the module, not where it is
useCrc64Module("oss-fetch/crc64.wasm");
