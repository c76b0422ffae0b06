// What the parts of this channel share.
import { createHash } from 'node:crypto';
import type { Log } from '../../log';
import type { RedactResult } from '../../redact/redactor';
import type { RedactionMemory } from '../../redact/memory';
import type { Service } from '../../service';
import type { Bearer } from '../../service/admit';
import type { CaseChange } from '../../service/cases';
import type { Controller } from '../controller';
import type { SlackApi } from './api';
import type { CaseDirectory } from './directory';
import type { People } from './people';
import type { WordBook, Words } from './words';

/** Kind and name of the work that does a conversation's jobs. */
export const WORK = 'slack';
/** Looks whether a ticket has news. */
export const TICKET_WORK = 'slack-ticket';

export interface Kit {
  readonly service: Service;
  /** The Web API as the bot of a workspace. */
  readonly apiOf: (team: string) => SlackApi;
  readonly people: People;
  readonly book: WordBook;
  readonly directory: CaseDirectory;
  /** The session secret, of which ids are made. */
  readonly secret: string;
  readonly maxMessageBytes: number;
  readonly log: Log;
  readonly now: () => number;
  /** Botkit, loaded with the first turn. */
  readonly host: () => Promise<Controller>;
}

/** The conversation of a thread: the same on every node, and nobody can tell the thread by it. */
export function threadOf({ service, secret }: Kit, team: string, channel: string, thread: string): Bearer {
  return service.cases.bearerOf(secret, ['slack', team, channel, thread]);
}

export const byId = ({ service, secret }: Kit, id: string): Bearer => service.cases.bearerOfId(secret, id);

/** As Botkit knows it: no id of ours. */
export const addressOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);

type Work = NonNullable<CaseChange['put']>[number];

export const workNow = ({ now }: Kit): Work => ({ name: WORK, kind: WORK, dueAtMs: now() });

/** The staff's language of a locale such as `pt-BR`. */
export const wordsFor = ({ book }: Kit, locale: string | undefined): Words => wordsIn(book, locale);

export function wordsIn(book: WordBook, locale: string | undefined): Words {
  const tag = (locale ?? '').toLowerCase();
  const language =
    book.languages.find((known) => known === tag) ?? book.languages.find((known) => known === tag.split('-')[0]);
  return book.of(language ?? book.defaultLanguage);
}

/** Redacts what Slack sent; what is over the limit of messages is cut, since nobody could be told to send less. @unredacted */
export function redactText({ service, maxMessageBytes }: Kit, raw: string, memory?: RedactionMemory): RedactResult {
  const bytes = Buffer.from(raw);
  // A character that was cut in two decodes to a sign of three bytes.
  const text = bytes.length <= maxMessageBytes ? raw : bytes.subarray(0, maxMessageBytes - 8).toString();
  return service.cases.redact(text, memory);
}
