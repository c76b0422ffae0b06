// The form page: shown, and taken without JavaScript too. What it hands over goes the way of every conversation: open, say, edit, ticket.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PreticketError } from '../errors';
import { chooseLanguage, type Language } from './accept-language';
import type { Bearer } from '../service/admit';
import { publicOrigin } from './address';
import type { AssetBook } from './asset-routes';
import { HTML, pagePolicy } from './built-files';
import type { RouteDeps } from './deps';
import { type FormPageOptions, type Receipt, renderForm, renderReceipt } from './form-page';

type Query = { Querystring: { lang?: unknown } };

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function formRoutes(parent: FastifyInstance, deps: RouteDeps, assets: AssetBook): void {
  const { service, limit, config } = deps;
  const { form: book, delivers } = assets;
  const languageOf = ({ query, headers }: FastifyRequest<Query>): Language => {
    const wanted = typeof query.lang === 'string' ? query.lang : undefined;
    return chooseLanguage(book.languages, book.defaultLanguage, wanted, headers['accept-language']);
  };
  const show = (reply: FastifyReply, language: Language, status: number, page: string): Promise<void> => {
    reply.headers({
      'content-security-policy': pagePolicy("'self'"),
      'content-language': language,
      vary: 'Accept-Language',
    });
    // Pages hold what a person wrote.
    reply.header('cache-control', 'no-store').code(status).type(HTML);
    return Promise.resolve(reply.send(page)).then(() => undefined);
  };

  // A parser of its own: everywhere else only JSON is taken.
  void parent.register((app, _options, done) => {
    app.addContentTypeParser<Buffer>(
      'application/x-www-form-urlencoded',
      { parseAs: 'buffer' },
      (_request, body, end) => {
        try {
          end(null, new URLSearchParams(utf8.decode(body)));
        } catch {
          end(new PreticketError('REQUEST_INVALID', 'The body is not UTF-8.'));
        }
      },
    );
    app.get<Query>('/form', { schema: { hide: true } }, (request, reply) => {
      const language = languageOf(request);
      return show(reply, language, 200, renderForm(book, { language, delivers }));
    });
    app.post<Query & { Body: unknown }>(
      '/form',
      { onRequest: limit, schema: { hide: true } },
      async (request, reply) => {
        const language = languageOf(request);
        const options: FormPageOptions = { language, delivers };
        if (!(request.body instanceof URLSearchParams))
          throw new PreticketError('CONTENT_TYPE', 'Content-Type must be application/x-www-form-urlencoded.');
        const values = valuesOf(request.body, service.fieldKeys);
        if (values.text === '') return show(reply, language, 422, renderForm(book, { ...options, trouble: 'message' }));
        try {
          const receipt = await handOver(values, language, publicOrigin(request, config.publicUrl));
          return await show(reply, language, 200, renderReceipt(book, options, receipt));
        } catch (error) {
          const known = error instanceof PreticketError ? error : undefined;
          if (known === undefined || known.status === 500) throw error;
          const trouble = known.code === 'MESSAGE_TOO_LARGE' ? 'tooLong' : 'failed';
          const shown = trouble === 'failed' ? redacted(values) : {};
          return show(reply, language, known.status, renderForm(book, { ...options, trouble, values: shown }));
        }
      },
    );
    done();
  });

  /** What was sent, to be shown again. */
  function redacted({ text, fields }: FormValues): Record<string, string> {
    const triage = service.triage(text, { fields });
    const given = Object.keys(fields).map((key) => [key, triage.fields[key] ?? ''] as const);
    return { text: triage.text, ...Object.fromEntries(given) };
  }

  async function handOver(values: FormValues, language: Language, origin: string): Promise<Receipt> {
    const bearer = await service.open({ language, channel: 'form' });
    const ticket = await askTicket(bearer, values, language, origin).catch(async (error: unknown) => {
      // Nothing is left of a try that came to nothing.
      await service.remove(bearer);
      throw error;
    });
    const { draft, transcript } = await service.conversation(bearer);
    const said = transcript.filter(({ role }) => role === 'person').map(({ text }) => text);
    const kinds = [...said.join('\n').matchAll(/\[redacted:([\w-]+)\]/g)].map((match) => match[1] ?? '');
    return { ...bearer, ticket, draft: draft === null || draft === undefined ? '' : draft.body, kinds };
  }

  async function askTicket(bearer: Bearer, values: FormValues, language: Language, origin: string): Promise<string> {
    await service.message(bearer, values.text, { origin });
    const refused = await setFields(bearer, values.fields);
    // What no field takes is support's to read all the same.
    if (refused.length > 0) {
      const words = book.pages[language]?.fields ?? [];
      const lines = refused.map(
        ([key, value]) => `${words.find((field) => field.key === key)?.label ?? key}: ${value}`,
      );
      await service.message(bearer, lines.join('\n'), { origin });
    }
    const { body } = await service.requestTicket(bearer);
    return (JSON.parse(body) as { readonly ticket: { readonly id: string } }).ticket.id;
  }

  /** All at once; where one is refused, one by one. Answers those that are no values of their field. */
  async function setFields(bearer: Bearer, fields: FormValues['fields']): Promise<[string, string][]> {
    const entries = Object.entries(fields);
    if (entries.length === 0) return [];
    try {
      await service.editFields(bearer, fields);
      return [];
    } catch (error) {
      if (!(error instanceof PreticketError) || error.code !== 'FIELD_INVALID') throw error;
      if (entries.length === 1) return entries;
    }
    const refused: [string, string][] = [];
    for (const [key, value] of entries) refused.push(...(await setFields(bearer, { [key]: value })));
    return refused;
  }
}

interface FormValues {
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Line ends as forms send them are not those that people typed. */
function valuesOf(body: URLSearchParams, keys: readonly string[]): FormValues {
  const value = (name: string): string => (body.get(name) ?? '').replace(/\r\n?/g, '\n').trim();
  const given = keys.map((key) => [key, value(key)] as const).filter(([, each]) => each !== '');
  return { text: value('text'), fields: Object.fromEntries(given) };
}
