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
  const bytes = await file.slice(isCut ? file.size - room : 0).arrayBuffer();
  // A cut may begin within a character: what stands before the first line end is left out.
  const whole = new TextDecoder().decode(bytes);
  const text = isCut ? whole.slice(whole.indexOf('\n') + 1) : whole;
  return /[\0\ufffd]/.test(text) || (isCut && text === '') ? { name, isCut: false } : { name, text, isCut };
}
