// Facts that follow from the addresses of a text and their roles: which is listed, which calls, whether they agree.
import type { Fact } from './features';

/** An address with its role, as the field readers give it. */
export interface RoledAddress {
  readonly value: string;
  readonly role: string;
  readonly listed: boolean;
  readonly start: number;
  readonly end: number;
}

const isV6 = (address: RoledAddress): boolean => address.value.includes(':');

/** Facts of the kind `address-…`; names: rules/README.md. */
export function addressFacts(addresses: readonly RoledAddress[]): Fact[] {
  const facts: Fact[] = [];
  const put = (fact: string, at: RoledAddress): void => {
    facts.push({ fact, start: at.start, end: at.end });
  };
  const listed = addresses.filter((a) => a.listed);
  const calling = addresses.filter((a) => a.role === 'outbound' || a.role === 'refused');
  const refused = addresses.filter((a) => a.role === 'refused');
  const listedValues = new Set(listed.map((a) => a.value));
  const callingValues = new Set(calling.map((a) => a.value));
  const insideListed = listed.find((a) => a.role === 'inside');
  if (insideListed) put('address-inside-listed', insideListed);
  const firstCalling = calling[0];
  if (firstCalling) {
    put(refused.length > 0 ? 'address-refused' : 'address-calling', refused[0] ?? firstCalling);
    const stranger = calling.find((a) => !listedValues.has(a.value));
    if (listed.length > 0 && stranger) {
      put('address-listed-differs', stranger);
      if (isV6(stranger) && listed.every((a) => !isV6(a))) put('address-v6-not-listed', stranger);
    }
    const known = calling.find((a) => listedValues.has(a.value));
    if (known) put('address-listed-calls', known);
    if (listed.length === 0) put('address-calls-none-listed', firstCalling);
  } else if (listed[0]) put('address-listed-only', listed[0]);
  if (callingValues.size > 1 && firstCalling) put('address-several-calling', firstCalling);
  const publicOnes = addresses.filter((a) => a.role !== 'inside' && a.role !== 'api');
  const distinct = new Set(publicOnes.map((a) => a.value)).size;
  const first = publicOnes[0];
  if (first) put(distinct === 1 ? 'address-one' : distinct === 2 ? 'address-two' : 'address-many', first);
  const inside = addresses.find((a) => a.role === 'inside');
  if (inside) put('address-inside', inside);
  return facts;
}
