// Fastify's own errors and those of its validator as errors of this program, without a word of the input.
import { PreticketError } from '../errors';

interface SchemaFault {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface OutsideError {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly validation?: readonly SchemaFault[];
  readonly validationContext?: string;
}

const countOf = (limit: unknown): string => (limit === 1 ? '1 character' : `${Number(limit)} characters`);

function withArticle(type: unknown): string {
  const name = String(type);
  return name === 'null' ? name : /^[aeio]/.test(name) ? `an ${name}` : `a ${name}`;
}

/** One fault for each place: of a union, what each of its members wants is one wish. */
function joinUnions(faults: readonly SchemaFault[]): readonly SchemaFault[] {
  const places = [...new Set(faults.map(({ instancePath }) => instancePath))];
  return places.flatMap((place) => {
    const here = faults.filter(({ instancePath }) => instancePath === place);
    if (!here.some(({ keyword }) => keyword === 'anyOf')) return here;
    const exact = here.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'type');
    const types = here.filter(({ keyword }) => keyword === 'type').flatMap(({ params }) => [params['type']].flat());
    return exact.length > 0 ? exact : [{ keyword: 'type', instancePath: place, params: { type: types } }];
  });
}

/** `instancePath` names only what the schema names: objects with free keys are not in any schema. */
function sayFault({ keyword, instancePath, params }: SchemaFault): string {
  const at = instancePath
    .split('/')
    .filter((part) => part !== '')
    .join('.');
  const where = at === '' ? 'The body' : at;
  switch (keyword) {
    case 'required':
      return `${at === '' ? '' : `${at}.`}${String(params['missingProperty'])} is missing`;
    case 'additionalProperties':
      return `${where} has a property that is not known here`;
    case 'type':
      return `${where} must be ${[params['type']].flat().map(withArticle).join(' or ')}`;
    case 'minLength':
      return `${where} is too short: at least ${countOf(params['limit'])}`;
    case 'maxLength':
      return `${where} is too long: at most ${countOf(params['limit'])}`;
    case 'minProperties':
      return `${where} is empty`;
    default:
      return `${where} has not the form that is expected`;
  }
}

const BY_CODE: Readonly<Record<string, () => PreticketError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new PreticketError('MESSAGE_TOO_LARGE', 'The body is too large.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new PreticketError('CONTENT_TYPE', 'Content-Type must be application/json, without a Content-Encoding.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new PreticketError('REQUEST_INVALID', 'The body is empty; JSON is expected.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new PreticketError('REQUEST_INVALID', 'Content-Length is not the length of the body.'),
};

/** Errors that are not known stay as they are. */
export function toOwnError(error: unknown): unknown {
  if (error instanceof PreticketError) return error;
  const { code, statusCode, validation, validationContext } = (error ?? {}) as OutsideError;
  if (validation) {
    const said = joinUnions(validation).map(sayFault).join('; ');
    return new PreticketError('REQUEST_INVALID', validationContext === 'headers' ? `Headers: ${said}` : said);
  }
  const known = BY_CODE[String(code)];
  if (known) return known();
  if (statusCode === 413) return new PreticketError('MESSAGE_TOO_LARGE', 'The body is too large.');
  if (statusCode === 415) return new PreticketError('CONTENT_TYPE', 'Content-Type must be application/json.');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return new PreticketError('REQUEST_INVALID', 'The request is malformed.');
  return error;
}
