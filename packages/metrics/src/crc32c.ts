/** The polynomial of Castagnoli, its bits turned round. */
const POLYNOMIAL = 0x82f63b78;

/** The checksum of each byte. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let checksum = byte;
  for (let bit = 0; bit < 8; bit++) checksum = (checksum >>> 1) ^ (checksum & 1 ? POLYNOMIAL : 0);
  return checksum;
});

/** CRC-32C, the checksum of RFC 3720 (appendix B.4), of some bytes: from 0 to 2³² − 1. */
export function crc32c(bytes: Uint8Array): number {
  let checksum = 0xffffffff;
  for (const byte of bytes) checksum = table[(checksum ^ byte) & 0xff]! ^ (checksum >>> 8);
  return (checksum ^ 0xffffffff) >>> 0;
}
