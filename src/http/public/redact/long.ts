// From which length on a text is long.

const LONG_CHARS = 16_000;

/** Does going through it hold keys and clicks up for longer than people notice? */
export const isLong = (text: string): boolean => text.length > LONG_CHARS;
