// The variables of each helpdesk.
import type { Reader } from './reader';

export const HELPDESKS = ['none', 'webhook', 'smtp', 'whmcs', 'zendesk', 'zammad'] as const;

export interface HelpdeskConfig {
  readonly kind: (typeof HELPDESKS)[number];
  /** Values of this helpdesk's own variables, by name. */
  readonly settings: Readonly<Record<string, string>>;
}

interface Needs {
  readonly protocols: readonly string[];
  readonly names: readonly string[];
}

const WEB = ['https:', 'http:'];
const NEEDS: Readonly<Record<string, Needs>> = {
  webhook: { protocols: WEB, names: ['HELPDESK_SECRET'] },
  smtp: { protocols: ['smtp:', 'smtps:'], names: ['HELPDESK_TO', 'HELPDESK_FROM'] },
  // Here a helpdesk that the contract lists, not the pack's product.
  whmcs: { protocols: WEB, names: ['HELPDESK_IDENTIFIER', 'HELPDESK_SECRET', 'HELPDESK_DEPARTMENT'] },
  zendesk: { protocols: WEB, names: ['HELPDESK_USER', 'HELPDESK_TOKEN'] },
  zammad: { protocols: WEB, names: ['HELPDESK_TOKEN', 'HELPDESK_GROUP'] },
};
const MAIL = /^[^\s@<>]+@[^\s@<>]+$|<[^\s@<>]+@[^\s@<>]+>$/;

export function readHelpdesk(read: Reader): HelpdeskConfig {
  const kind = read.choice('HELPDESK', HELPDESKS, 'none');
  const needs = NEEDS[kind];
  if (needs === undefined) return { kind, settings: {} };
  read.need(['HELPDESK_URL', ...needs.names], `HELPDESK=${kind}`);
  const settings: Record<string, string> = {};
  // A webhook is called at the very address that was given, with its slash; the others are bases.
  const url = kind === 'webhook' ? read.address('HELPDESK_URL', WEB) : read.url('HELPDESK_URL', needs.protocols);
  if (url !== undefined) settings['HELPDESK_URL'] = url;
  for (const name of needs.names) {
    const value = readSetting(read, name, kind);
    if (value !== undefined) settings[name] = value;
  }
  return { kind, settings };
}

function readSetting(read: Reader, name: string, kind: string): string | undefined {
  switch (name) {
    case 'HELPDESK_TO':
    case 'HELPDESK_FROM':
      return read.matching(name, (value) => MAIL.test(value), 'a mail address');
    case 'HELPDESK_DEPARTMENT':
      return read.matching(name, (value) => /^\d{1,9}$/.test(value), 'the number of a department');
    case 'HELPDESK_SECRET':
      return kind === 'webhook'
        ? read.matching(name, isWebhookSecret, 'a raw secret of 16 characters or more, or whsec_ and base64')
        : read.secret(name, 1);
    default:
      return read.secret(name, 1);
  }
}

function isWebhookSecret(value: string): boolean {
  if (value.startsWith('whsec_')) return /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(value);
  return value.length >= 16 && !/[\r\n\0]/.test(value);
}
