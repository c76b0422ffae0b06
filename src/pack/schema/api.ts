// JSON Schema of rules/api.yaml: the description of the API whose requests are checked.

const names = { type: 'array', items: { type: 'string', minLength: 1 } } as const;
const value = { type: 'string' } as const;

/** Schema for editors and for the loader; every key that is read stands here. */
export const apiSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Description of an API',
  type: 'object',
  additionalProperties: false,
  required: [
    'kind',
    'id',
    'endpoint',
    'hosts',
    'path',
    'authorization',
    'contentType',
    'selector',
    'credentials',
    'envelope',
    'forms',
    'actions',
    'findings',
  ],
  properties: {
    kind: { const: 'api' },
    id: { type: 'string', description: 'Name of the API, for rules that refer to it.' },
    endpoint: { type: 'string', pattern: '^https?://', description: 'The address as it should be, written out.' },
    hosts: {
      type: 'object',
      additionalProperties: false,
      required: ['production'],
      properties: {
        production: { ...names, description: 'Hosts of the API.' },
        sandbox: { ...names, description: 'Hosts for tests; right only where a test is meant.' },
        site: { ...names, description: 'Other hosts of the service that are not the API.' },
        brands: { ...names, description: 'Labels that show that the API was meant.' },
        mirrors: { ...names, description: 'Hosts that copy the site; subdomains included.' },
      },
    },
    path: {
      type: 'object',
      additionalProperties: false,
      required: ['current'],
      properties: { current: { type: 'string', pattern: '^/' }, old: names },
    },
    authorization: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'separator'],
      properties: {
        name: value,
        separator: value,
        instead: { ...names, description: 'Other headers that people use in its place.' },
        placeholders: { ...names, description: 'Words of documents that stand where the secret belongs.' },
        userPlaceholders: names,
      },
    },
    contentType: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'value'],
      properties: { name: value, value },
    },
    selector: {
      type: 'object',
      additionalProperties: false,
      required: ['in', 'names'],
      properties: { in: { enum: ['query', 'body'] }, names },
    },
    credentials: { type: 'object', additionalProperties: false, properties: { user: names, secret: names } },
    envelope: {
      type: 'object',
      additionalProperties: false,
      required: ['code', 'message'],
      properties: { code: value, message: value, data: value },
    },
    codes: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'meaning'],
        properties: {
          code: { type: 'integer' },
          message: { type: ['string', 'null'] },
          meaning: { enum: ['success', 'parameter', 'other'] },
        },
      },
    },
    old: { type: 'object', additionalProperties: false, properties: { params: names, actions: names } },
    forms: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['form'],
        properties: {
          form: {
            enum: [
              'domain',
              'domains',
              'integer',
              'date',
              'host',
              'ip',
              'country',
              'phone',
              'digits',
              'email',
              'text',
              'any',
            ],
          },
          min: { type: 'integer' },
          max: { type: 'integer' },
          placeholder: { type: 'string', description: 'What is written where the value is not known.' },
        },
      },
    },
    groups: { type: 'object', additionalProperties: { type: 'array', items: { $ref: '#/definitions/param' } } },
    actions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['category', 'action', 'params'],
        properties: {
          category: value,
          action: value,
          lowRisk: { type: 'boolean' },
          success: { type: 'array', items: { type: 'integer' } },
          params: { type: 'array', items: { $ref: '#/definitions/param' } },
        },
      },
    },
    sandboxWords: { ...names, description: 'Words in prose that say the sandbox is meant.' },
    intentWords: {
      ...names,
      description: 'Words beside those that say so beyond doubt, whatever else is said of production.',
    },
    productionWords: { ...names, description: 'Words in prose that say it is not.' },
    undocumented: names,
    findings: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['cause', 'order'],
        properties: {
          cause: value,
          order: { type: 'number', description: 'Place on the way of a request; lower comes first.' },
        },
      },
    },
  },
  definitions: {
    param: {
      type: 'object',
      additionalProperties: false,
      properties: {
        name: value,
        group: { type: 'string', description: 'All parameters of a group in place of one.' },
        form: { type: 'string', description: 'Key of `forms`.' },
        forms: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'Other forms for parameters of the group.',
        },
        values: { type: 'array', items: { type: 'string' } },
        optional: { type: 'boolean' },
        secret: { type: 'boolean' },
        aliases: { ...names, description: 'Wrong names that people write for it.' },
        unless: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'value'],
          properties: { name: value, value },
        },
      },
    },
  },
} as const;
