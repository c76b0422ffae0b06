// The document at `/openapi.json`: what the routes say of themselves, with shapes that have names and an example of everything that is sent.
import { API_SHAPES } from './schemas';
import { exampleProblem, examplesOf, type Examples, type Sample } from './open-api-examples';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}
interface Body {
  readonly content?: Readonly<Record<string, Media>>;
}
interface Operation {
  readonly requestBody?: Body & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Body>>;
}
export interface ApiDocument {
  readonly components?: object;
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The same for two schemas that say the same, in whatever order. */
function canonical(node: unknown): string {
  return JSON.stringify(node, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const names = new Map(Object.entries(API_SHAPES).map(([name, shape]) => [canonical(shape), name]));

/** Every shape that has a name, by that name. `self`: its own definition stays. */
function withNames(node: unknown, self?: string): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((item) => withNames(item));
  const name = names.get(canonical(node));
  if (name !== undefined && name !== self) return { $ref: `#/components/schemas/${name}` };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withNames(value)]));
}

function withExample<T extends Body>(body: T, example: unknown): T {
  if (body.content === undefined) return body;
  const content = Object.entries(body.content).map(([type, media]) => {
    const shown = type === 'application/problem+json' ? exampleProblem : example;
    return [type, shown === undefined ? media : { ...media, example: shown }] as const;
  });
  return { ...body, content: Object.fromEntries(content) };
}

function describe(operation: Operation, call: string, examples: Examples | undefined): Operation {
  const shown = examples?.[call];
  const responses = Object.entries(operation.responses).map(
    ([status, body]) => [status, withExample(body, shown?.answer)] as const,
  );
  const { requestBody } = operation;
  return {
    ...operation,
    ...(requestBody === undefined
      ? {}
      : { requestBody: { ...withExample(requestBody, shown?.request), required: shown?.isOptional !== true } }),
    responses: Object.fromEntries(responses),
  };
}

/** `sample`: what the examples are made of; without it there are none of what is answered. */
export function describeApi(
  document: ApiDocument,
  sample: Sample | undefined,
  fieldKeys: readonly string[],
): ApiDocument {
  const examples = sample === undefined ? undefined : examplesOf(sample, fieldKeys);
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => {
    const described = Object.entries(operations).map(
      ([method, operation]) => [method, describe(operation as Operation, `${method} ${path}`, examples)] as const,
    );
    return [path, withNames(Object.fromEntries(described))] as const;
  });
  const schemas = Object.entries(API_SHAPES).map(([name, shape]) => [name, withNames(shape, name)] as const);
  return {
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(schemas) },
    paths: Object.fromEntries(paths) as NonNullable<ApiDocument['paths']>,
  };
}
