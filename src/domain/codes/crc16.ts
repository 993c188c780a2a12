const crc16 = (bytes: Uint8Array, polynomial: number, initial: number): string => {
  let crc = initial;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++)
      crc = (crc & 0x8000) === 0 ? (crc << 1) & 0xffff : ((crc << 1) ^ polynomial) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, "0");
};

/** CRC-16/CCITT-FALSE of the UTF-8 bytes, as EMV codes end with. */
export const crcOfEmv = (text: string): string =>
  crc16(new TextEncoder().encode(text), 0x1021, 0xffff);

/** CRC-16/BUYPASS, as invoices end with. */
export const crcOfInvoice = (text: string): string =>
  crc16(new TextEncoder().encode(text), 0x8005, 0);
