// Names of calls that make JSON or forms, or add to a collection.

import { valueText } from '../../model';
import type { Reading } from '../evaluate';
import type { Thing } from '../things';

export const BUDGET = 4_000;

/** Names that stand for a module or class, not for an object of the snippet. */
export const MODULE =
  /^(?:[A-Z]\w*|requests|axios|http|https|urllib|httpx|aiohttp|got|needle|superagent|json|os|fetch|base64|strings|fmt|url|io|bytes|process|console|ky|\$|jQuery|log|logger|rest)$/;

/** A header's name, also from constants like `HttpHeaders.CONTENT_TYPE`. */
export function headerName(key: Thing, reading: Reading): string | null {
  if (key.kind === 'object' && key.origin !== 'made') {
    if (/^[A-Z_]+$/.test(key.name))
      return key.name
        .replace(/_/g, '-')
        .toLowerCase()
        .replace(/(^|-)[a-z]/g, (c) => c.toUpperCase());
    if (/^(?:Authorization|ContentType|Accept)$/.test(key.name)) return key.name.replace('ContentType', 'Content-Type');
    return null;
  }
  const value = reading.valueOf(key);
  if (!value.known) return null;
  const name = valueText(value);
  if (reading.language === 'csharp' && /^[A-Z][a-z]+(?:_[A-Z][a-z]+)+$/.test(name)) return name.replace(/_/g, '-');
  if (/^ContentType(?:Header)?$/.test(name)) return 'Content-Type';
  return /^[\w .:-]{1,60}$/.test(name)
    ? reading.language === 'ruby' && /^[a-z]+_[a-z]+$/.test(name)
      ? name.replace('_', '-')
      : name
    : null;
}
