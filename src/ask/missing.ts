// Which ticket fields a message still lacks.
import type { FieldKey } from '../types';

/** When a field belongs on a ticket, how much it is worth there and what asking for it costs (0 to 10). */
export interface FieldNeed {
  readonly key: FieldKey;
  readonly needed: 'always' | 'with-domain' | 'with-module';
  readonly order: number;
  readonly effort: number;
  readonly worth: number;
}

/** What is known about the fields. */
export interface FieldsKnown {
  readonly fields: Readonly<Record<FieldKey, string | null>>;
  /** Fields that the person cannot give. */
  readonly unknown: readonly FieldKey[];
  /** A time is known and only its zone lacks. */
  readonly timezoneMissing: boolean;
}

/** Names with a meaning of their own in the contract: the action, the kind of integration and its value with a module, the zone. */
const ACTION = 'action';
const INTEGRATION = 'integration';
const TIMESTAMP = 'timestamp';
export const TIMEZONE = 'timezone';

/**
 * Fields of `needs` that are to be asked for, in the order of `needs`; `timezone` where only the zone lacks.
 * `withDomain`: actions that have a domain; `module`: the value of `integration` that stands for a module. While the action or the
 * integration is not known, what depends on it is not asked for.
 */
export function lackingFields(
  known: FieldsKnown,
  needs: readonly FieldNeed[],
  withDomain: ReadonlySet<string>,
  module: string,
): FieldKey[] {
  const { fields, unknown } = known;
  const open = (key: FieldKey): boolean =>
    (fields[key] === undefined || fields[key] === null) && !unknown.includes(key);
  const belongs = (need: FieldNeed): boolean =>
    need.needed === 'always' ||
    (need.needed === 'with-domain'
      ? withDomain.has((fields[ACTION] ?? '').toLowerCase())
      : fields[INTEGRATION] === module);
  const lacking = needs
    .filter((need) => need.key !== TIMEZONE && belongs(need) && open(need.key))
    .map((need) => need.key);
  const zone =
    known.timezoneMissing && !open(TIMESTAMP) && typeof fields[TIMESTAMP] === 'string' && !unknown.includes(TIMEZONE);
  return zone ? [...lacking, TIMEZONE] : lacking;
}
