// Files that are dropped, pasted or chosen: text is read here and goes along with the message; of anything else only the name.

export interface TakenFile {
  readonly name: string;
  /** Undefined: not text, only named. */
  readonly text?: string;
  /** Only the end of a long file is taken: that is where a log shows what went wrong. */
  readonly isCut: boolean;
}

/** Bytes of text taken of all files of a message; the server takes 256 KiB of text at once. */
export const MOST_BYTES = 160 * 1024;
const MOST_NAME = 120;

/** `room`: bytes of text that may still be taken. */
export async function takeFile(file: File, room: number): Promise<TakenFile> {
  // A name is shown and sent: no line ends, no signs that turn text around.
  const name = file.name.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').slice(-MOST_NAME) || 'file';
  const isCut = file.size > room;
  const bytes = new Uint8Array(await file.slice(isCut ? file.size - room : 0).arrayBuffer());
  const text = room > 0 ? textOf(bytes, isCut) : undefined;
  return text === undefined ? { name, isCut: false } : { name, text, isCut };
}

/** Undefined where the bytes are no text. */
function textOf(bytes: Uint8Array, isCut: boolean): string | undefined {
  const [a, b] = bytes;
  const utf16 = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
  try {
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: !isCut || utf16 !== undefined }).decode(bytes);
    if (text.includes('\0')) return undefined;
    if (!isCut) return text;
    // A cut may begin within a line, even within a character.
    const end = text.indexOf('\n');
    const rest = end < 0 ? text : text.slice(end + 1);
    return rest.split('\ufffd').length > 1 + rest.length / 1000 ? undefined : rest;
  } catch {
    return undefined;
  }
}
