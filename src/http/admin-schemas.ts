// What the page of those who run the server may send.
import { type Static, Type } from '@sinclair/typebox';
import { Language } from './schemas';

/** UTF-16 units of a text that the playground takes. */
export const MOST_EXPLAINED = 32_768;

export const AdminExplainBody = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: MOST_EXPLAINED }), language: Type.Optional(Language) },
  { additionalProperties: false },
);
export type AdminExplainBody = Static<typeof AdminExplainBody>;
