/** The bytes that a vector describes. */
export interface VectorData {
  readonly utf8?: string;
  readonly hex?: string;
  readonly repeat?: { readonly of: VectorData; readonly times: number };
}

export function bytesOf({ utf8, hex, repeat }: VectorData = {}): Uint8Array {
  if (utf8 !== undefined) return new TextEncoder().encode(utf8);
  if (hex !== undefined) return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  if (repeat === undefined) throw new Error("A vector without data");
  const unit = bytesOf(repeat.of);
  return Uint8Array.from({ length: unit.length * repeat.times }, (_, at) => unit[at % unit.length] ?? 0);
}

/** CRC-64/XZ straight from its definition: one bit at a time, in BigInt. */
export function referenceCrc64(data: Uint8Array, initial: bigint): bigint {
  const ones = 2n ** 64n - 1n;
  let crc = initial ^ ones;
  for (const byte of data) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n;
  }
  return crc ^ ones;
}
