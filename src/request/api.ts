// The description of an API, compiled from plain pack data for fast look-up.

export interface ApiForm {
  readonly form:
    | 'domain'
    | 'domains'
    | 'integer'
    | 'date'
    | 'host'
    | 'ip'
    | 'country'
    | 'phone'
    | 'digits'
    | 'email'
    | 'text'
    | 'any';
  readonly min?: number;
  readonly max?: number;
  readonly placeholder?: string;
}

interface ParamData {
  readonly name?: string;
  readonly group?: string;
  readonly form?: string;
  readonly forms?: Readonly<Record<string, string>>;
  readonly values?: readonly string[];
  readonly optional?: boolean;
  readonly secret?: boolean;
  readonly aliases?: readonly string[];
  readonly unless?: { readonly name: string; readonly value: string };
}

/** `rules/api.yaml` as parsed; checked against its schema by the loader. */
export interface ApiData {
  readonly endpoint: string;
  readonly hosts: {
    readonly production: readonly string[];
    readonly sandbox?: readonly string[];
    readonly site?: readonly string[];
    readonly brands?: readonly string[];
    readonly mirrors?: readonly string[];
  };
  readonly path: { readonly current: string; readonly old?: readonly string[] };
  readonly authorization: {
    readonly name: string;
    readonly separator: string;
    readonly instead?: readonly string[];
    readonly placeholders?: readonly string[];
    readonly userPlaceholders?: readonly string[];
  };
  readonly contentType: { readonly name: string; readonly value: string };
  readonly selector: { readonly in: 'query' | 'body'; readonly names: readonly string[] };
  readonly credentials: { readonly user?: readonly string[]; readonly secret?: readonly string[] };
  readonly envelope: { readonly code: string; readonly message: string; readonly data?: string };
  readonly codes?: readonly { readonly code: number; readonly message?: string | null; readonly meaning: string }[];
  readonly old?: { readonly params?: readonly string[]; readonly actions?: readonly string[] };
  readonly forms: Readonly<Record<string, ApiForm>>;
  readonly groups?: Readonly<Record<string, readonly ParamData[]>>;
  readonly actions: readonly {
    readonly category: string;
    readonly action: string;
    readonly lowRisk?: boolean;
    readonly success?: readonly number[];
    readonly params: readonly ParamData[];
  }[];
  readonly sandboxWords?: readonly string[];
  readonly intentWords?: readonly string[];
  readonly productionWords?: readonly string[];
  readonly findings: Readonly<Record<string, { readonly cause: string; readonly order: number }>>;
}

export interface ApiParam {
  readonly name: string;
  readonly form: ApiForm;
  readonly values: readonly string[] | null;
  readonly optional: boolean;
  readonly secret: boolean;
  readonly aliases: ReadonlySet<string>;
  /** Not required where the request has this other parameter with this value. */
  readonly unless: { readonly name: string; readonly value: string } | null;
}

export interface ApiAction {
  readonly category: string;
  readonly action: string;
  readonly lowRisk: boolean;
  readonly params: readonly ApiParam[];
}

/** Compiled description. All sets hold lower-case names. */
export interface Api {
  readonly data: ApiData;
  readonly production: ReadonlySet<string>;
  readonly sandbox: ReadonlySet<string>;
  readonly mirrors: readonly string[];
  readonly brands: readonly string[];
  readonly instead: ReadonlySet<string>;
  readonly placeholders: ReadonlySet<string>;
  readonly userPlaceholders: ReadonlySet<string>;
  readonly userNames: ReadonlySet<string>;
  readonly secretNames: ReadonlySet<string>;
  readonly oldParams: ReadonlySet<string>;
  readonly oldActions: ReadonlySet<string>;
  readonly oldPaths: ReadonlySet<string>;
  readonly actions: readonly ApiAction[];
  /** Host, scheme and path of the endpoint. */
  readonly host: string;
  readonly scheme: string;
  /** Names of all parameters of all actions and the selector. */
  readonly paramNames: ReadonlySet<string>;
}

const lower = (names: readonly string[] | undefined): Set<string> => new Set((names ?? []).map((n) => n.toLowerCase()));

/** Compiles plain pack data. Unknown forms and groups are the loader's to report; here they count as `any` and nothing. */
export function compileApi(data: ApiData): Api {
  const param = (p: ParamData, outer?: ParamData): ApiParam[] => {
    if (p.group !== undefined) return (data.groups?.[p.group] ?? []).flatMap((q) => param(q, p));
    const form = outer?.forms?.[p.name ?? ''] ?? p.form ?? 'any';
    return [
      {
        name: p.name ?? '',
        form: data.forms[form] ?? { form: 'any' },
        values: p.values ?? null,
        optional: p.optional ?? false,
        secret: p.secret ?? false,
        aliases: lower(p.aliases),
        unless: outer?.unless ?? p.unless ?? null,
      },
    ];
  };
  const actions = data.actions.map((a) => ({
    category: a.category,
    action: a.action,
    lowRisk: a.lowRisk ?? false,
    params: a.params.flatMap((p) => param(p)),
  }));
  const endpoint = new URL(data.endpoint);
  return {
    data,
    production: lower(data.hosts.production),
    sandbox: lower(data.hosts.sandbox),
    mirrors: [...lower(data.hosts.mirrors)],
    brands: [...lower(data.hosts.brands)],
    instead: lower(data.authorization.instead),
    placeholders: lower(data.authorization.placeholders),
    userPlaceholders: lower(data.authorization.userPlaceholders),
    userNames: lower(data.credentials.user),
    secretNames: lower(data.credentials.secret),
    oldParams: lower(data.old?.params),
    oldActions: lower(data.old?.actions),
    oldPaths: lower(data.path.old),
    actions,
    host: endpoint.hostname,
    scheme: endpoint.protocol.slice(0, -1),
    paramNames: new Set([
      ...actions.flatMap((a) => a.params.map((p) => p.name.toLowerCase())),
      ...lower(data.selector.names),
    ]),
  };
}
