// What stages need of a pack that no single file of it holds.
import type { compileFields } from '../extract/fields';
import type { PackData } from '../pack/load';
import type { RedactPackData } from '../redact/pack';
import type { ApiData } from '../request/api';

/** All that the pack lists as words of its languages. */
export function* wordsOf(pack: PackData): Generator<string> {
  for (const { prose } of (pack.redaction as RedactPackData).speech) yield* prose;
  for (const { common, function: functions, concepts } of pack.languages) {
    yield* [...common, ...functions].map(String);
    for (const phrases of Object.values(concepts)) yield* phrases.map(String);
  }
}

/** The API's description as the field readers need it. */
export function apiFacts(api: ApiData): Parameters<typeof compileFields>[1] {
  const { hosts } = api;
  const takesDomain = (params: ApiData['actions'][number]['params']): boolean =>
    params.some((param) => param.form === 'domain' || param.form === 'domains');
  const success = (api.codes ?? []).filter((code) => code.meaning === 'success').map((code) => String(code.code));
  return {
    hosts: [...hosts.production, ...(hosts.sandbox ?? []), ...(hosts.site ?? [])],
    actions: api.actions.map(({ category, action, params }) => ({ category, action, domain: takesDomain(params) })),
    messages: (api.codes ?? []).flatMap((code) => code.message ?? []).filter((message) => message.includes(' ')),
    successCodes: success,
  };
}
