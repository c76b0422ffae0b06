// Words and signs of the grammar that several parts use.

export const FUNCTIONS = new Set(['function', 'def', 'func', 'fn', 'fun', 'sub']);

export const MAX_DEPTH = 60;
