// Which helpdesk the configuration asks for. The only place that knows all of them.
import type { HelpdeskConfig } from '../config/helpdesk';
import type { Helpdesk } from './helpdesk';
import { createSmtp } from './smtp';
import { createWebhook } from './webhook';
import { createWhmcs } from './whmcs';
import { createZammad } from './zammad';
import { createZendesk } from './zendesk';

type Read = (name: string) => string;

const KINDS: Readonly<Record<Exclude<HelpdeskConfig['kind'], 'none'>, (read: Read) => Helpdesk>> = {
  webhook: (read) => createWebhook({ url: read('URL'), secret: read('SECRET') }),
  smtp: (read) => createSmtp({ url: read('URL'), to: read('TO'), from: read('FROM') }),
  whmcs: (read) =>
    createWhmcs({
      url: read('URL'),
      identifier: read('IDENTIFIER'),
      secret: read('SECRET'),
      department: read('DEPARTMENT'),
    }),
  zendesk: (read) => createZendesk({ url: read('URL'), user: read('USER'), token: read('TOKEN') }),
  zammad: (read) => createZammad({ url: read('URL'), token: read('TOKEN'), group: read('GROUP') }),
};

/** Undefined for `none`. Settings are complete: the configuration saw to that. */
export function createHelpdesk({ kind, settings }: HelpdeskConfig): Helpdesk | undefined {
  return kind === 'none' ? undefined : KINDS[kind]((name) => settings[`HELPDESK_${name}`] ?? '');
}
