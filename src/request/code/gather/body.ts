// The body and how it is encoded.

import { literalBody } from '../../draft';
import { jsonParams } from '../../json/body-text';
import { type Body, type Span, valueText } from '../../model';
import { flat, literalValueOf } from '../../value';
import { type ObjectThing, type Thing, slotName } from '../things';
import type { Gathering } from './gathering';
import { BUDGET } from './makers';

const JSON_MAKER =
  /^(?:jsonencode|stringify|dumps|tojson|serialize|serializeobject|marshal|marshalindent|writevalueasstring|converttojson|encodejson|jsonserialize|generate|jsonobject|gsontojson|jsoncontent|encodetostring|create|tostring|wpjsonencode|jsonencoder|encode)$/;

const FORM_MAKER =
  /^(?:urlsearchparams|httpbuildquery|urlencode|formurlencodedcontent|formbody|builder|encodewwwform|values|urlencodedformentity|querystringify|formdatatourlencoded|buildquery|linkedmultivaluemap)$/;

const CHARSET = /charset|utf-?8/i;

export function gatherSetBody(
  gathering: Gathering,
  encoding: Body['encoding'],
  at: Span,
  thing: Thing,
  contentType: string | null,
  key = '',
): void {
  gathering.note(at);
  gathering.body ??= {
    start: at.start,
    end: at.end,
    encoding,
    literal: null,
    complete: thing.kind === 'map' && !thing.open,
    write: (json) => (json === null ? gathering.editor.jsonBody(at, key, thing) : null),
  };
  if (contentType !== null) gathering.bodyContentType ??= contentType;
}

export function gatherJson(gathering: Gathering, thing: Thing, at: Span): void {
  gatherSetBody(gathering, 'json', at, thing, 'application/json');
  if (thing.kind === 'map') gathering.params(thing, 'body');
  else if (thing.kind === 'text' && thing.value.known) {
    const json = jsonParams(thing.value);
    gathering.bodyParams.push(...json.params);
    if (!json.complete) gathering.paramsComplete = false;
  } else gathering.params(thing, 'body');
}

export function isBody(object: ObjectThing): boolean {
  const n = slotName(object.name);
  return (
    JSON_MAKER.test(n) ||
    FORM_MAKER.test(n) ||
    /content$|entity$|body|payload|^buffer$|newbuffer|newreader|ofstring|ofbytearray/.test(n)
  );
}

/** A body whose encoding its maker or the client decides. */
export function gatherBodyOf(gathering: Gathering, thing: Thing, at: Span): void {
  if (gathering.body !== null && thing.kind !== 'map') return;
  switch (thing.kind) {
    case 'text': {
      if (flat(thing.value) === '' || (thing.value.known && valueText(thing.value) === 'null')) return;
      const { body, params } = literalBody(thing.value, null);
      gathering.body = {
        ...body,
        start: at.start,
        end: at.end,
        quote: gathering.reading.text[thing.start] ?? '',
        write: (json) =>
          json === null || gathering.reading.text.slice(thing.start, thing.end).includes('\n')
            ? null
            : gathering.editor.expression(thing, literalValueOf(json, thing)),
      };
      gathering.bodyParams.push(...params);
      if (body.encoding === 'json') {
        const json = jsonParams(thing.value);
        gathering.bodyParams.push(...json.params);
        if (!json.complete) gathering.paramsComplete = false;
      } else if (body.encoding !== 'form' || !body.complete) gathering.paramsComplete = false;
      return;
    }
    case 'map':
      // What makes JSON of it is in view, in whatever language.
      if (/\bc?json\w*\b[^{[]*$/i.test(gathering.reading.text.slice(at.start, Math.max(at.start, thing.start)))) {
        gatherSetBody(gathering, 'json', at, thing, null);
        return gathering.params(thing, 'body');
      }
      gathering.bodyMap = true;
      gatherSetBody(gathering, 'unknown', at, thing, null, at.start === thing.start ? '' : 'body');
      return gathering.params(thing, 'body');
    case 'object':
      return gatherBodyObject(gathering, thing, at);
    default:
      gathering.paramsComplete = false;
  }
}

/** `""`, `string.Empty`, `StringUtils.EMPTY`. */
function isEmpty(thing: Thing | undefined): boolean {
  if (thing?.kind === 'text') return flat(thing.value) === '';
  return thing?.kind === 'object' && thing.origin !== 'made' && /^empty$/i.test(thing.name);
}

function gatherBodyObject(gathering: Gathering, thing: ObjectThing, at: Span): void {
  const n = slotName(thing.name);
  const [first] = thing.given;
  if (/^(?:null|nil|none|undefined|nobody|empty)$/i.test(thing.name)) return;
  if (thing.origin === 'made') {
    const types = thing.given.filter(
      (g) =>
        g.value.kind !== 'map' &&
        (g.value.kind === 'text'
          ? /^[\w.+-]+\/[\w.+-]+(?:;|$)/.test(flat(g.value.value))
          : /json|mediatype|contenttype/i.test(g.value.kind === 'object' ? g.value.path : '')),
    );
    for (const t of types) {
      const type = valueText(gathering.mediaType(t.value));
      if (type.includes('/')) gathering.bodyContentType = type;
    }
    if (
      (FORM_MAKER.test(n) || /^(?:qs|querystring|querystringify)\.stringify$/i.test(thing.path)) &&
      !/^(?:builder|values)$/.test(n)
    ) {
      gatherSetBody(gathering, 'form', at, thing, 'application/x-www-form-urlencoded', '');
      return gathering.params(thing, 'body');
    }
    if (/multipart|formdata/.test(n)) {
      gatherSetBody(gathering, 'multipart', at, thing, 'multipart/form-data');
      return gathering.params(thing, 'body');
    }
    const receiverName = thing.receiver?.kind === 'object' ? thing.receiver.path : '';
    const json =
      (JSON_MAKER.test(n) &&
        (n !== 'create' && n !== 'encode' && n !== 'tostring' && n !== 'generate' ? true : /json/i.test(thing.path))) ||
      /json/i.test(n);
    if (json) {
      gatherSetBody(
        gathering,
        'json',
        at,
        thing,
        /content|postas/.test(n) || /JsonContent/.test(thing.path) ? 'application/json' : null,
      );
      const inner = first?.value ?? thing.receiver;
      if (inner !== null && inner !== undefined) gathering.params(inner.kind === 'text' ? thing : inner, 'body');
      else gathering.paramsComplete = false;
      return;
    }
    if (/form/i.test(receiverName) && /^build$/.test(n)) {
      gatherSetBody(gathering, 'form', at, thing, 'application/x-www-form-urlencoded');
      return gathering.params(thing, 'body');
    }
    if (n === 'stringcontent' && thing.given.length === 1) gathering.bodyContentType ??= 'text/plain';
    if (
      isEmpty(first?.value) &&
      /^(?:stringcontent|ofstring|ofbytearray|nobody|stringentity|bytearraycontent)$/.test(n)
    )
      return;
    const inner =
      thing.given.find((g) => g.value.kind === 'text' && !/^[\w.+-]+\/[\w.+-]+(?:;|$)/.test(flat(g.value.value))) ??
      thing.given.find(
        (g) =>
          g.value.kind === 'map' ||
          (g.value.kind === 'object' &&
            !CHARSET.test(g.value.path) &&
            !/mediatype|contenttype|encoding|headers?$/i.test(g.value.path)),
      );
    if (inner !== undefined && inner.value !== thing && gathering.steps++ < BUDGET) {
      for (const g of thing.given)
        if (g.value.kind === 'object' && /headers?$/i.test(g.value.name + (g.value.constructed ? '' : '')))
          gathering.headersOf(g.value);
      if (n === 'httpentity' && inner.value.kind === 'object' && /headers/i.test(inner.value.name))
        return gathering.headersOf(inner.value);
      return gatherBodyOf(gathering, inner.value, at);
    }
    if (thing.receiver !== null && /^(?:encode|getbytes|bytes|tobytes|tostring|string|build)$/.test(n))
      return gatherBodyOf(gathering, thing.receiver, at);
  }
  gatherSetBody(gathering, 'unknown', at, thing, null);
  gathering.paramsComplete = false;
}
