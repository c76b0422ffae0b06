// Reads a message as the answer to the question for one field: bare values of every form, or why it is none.
import { findAddresses } from '../extract/address';
import { canonicalAddress } from '../extract/address';
import { fold } from '../extract/fold';
import type { FieldData, FieldForm } from '../extract/fields';
import { createView } from '../extract/view';
import type { Redacted } from '../redact/redacted';
import { readAccount } from './answer-account';
import { isMoment, readMoment } from './answer-moment';
import type { Answer, AnswerScene } from './answer-scene';

const NOTHING: Answer = { kind: 'nothing' };
const BAD: Readonly<Record<FieldForm, string>> = {
  account: 'badAccount',
  action: 'badAction',
  timestamp: 'badTime',
  domain: 'badDomain',
  ip: 'noUse',
  url: 'badUrl',
  code: 'badCode',
  message: 'badMessage',
  integration: 'badChoice',
  version: 'badVersion',
};
const URL_SHAPE = /\bhttps?:\/\/[^\s"'<>`，。；）)]+/i;
const DOMAIN_SHAPE =
  /(?<![\p{L}\d@/._-])((?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.){1,6}\p{L}[\p{L}\d-]{1,30})(?![\p{L}\d@/_-])/gu;
const QUOTED = /["“«„「『‘]([^"”»」』’\n]{2,300})["”»」』’]/;
const WRONG_ADDRESS = /(?<![\d.])\d{1,4}(?:\.\d{1,4}){3}(?![\d.])/;
const SENTENCES = /[.!?]\s+\S.*[.!?]|[。！？].*\S|\n/su;
const MOST_MESSAGE = 300;
/** Longer words than these are more likely about something else, unless they come again. */
const MOST_BARE_MESSAGE = 80;

/** Forms for whose value the words of a moment could be taken. */
const WORDED: ReadonlySet<FieldForm> = new Set(['account', 'action', 'message', 'code']);

const ASKS_BACK = [
  'what-is',
  'why-ask',
  'wait',
  'ask-human',
  'open-ticket',
  'start-over',
  'same-as-above',
  'keeps-secret',
];

/** What `scene` says about the field; `declined` where it holds words such as "no idea": then only a value of strict form counts. */
export function readFieldAnswer(field: FieldData, scene: AnswerScene, declined: boolean): Answer {
  if (WORDED.has(field.form) && isMoment(scene)) return NOTHING;
  const said = scene.read.fields[field.key];
  const loose =
    !declined &&
    scene.steers !== true &&
    !scene.intents.has('correction') &&
    !scene.intents.has(...ASKS_BACK) &&
    !scene.intents.asks;
  if (said !== undefined && field.form !== 'timestamp') {
    return { kind: 'value', value: said, source: scene.read.sources[field.key] ?? said };
  }
  const answer = BY_FORM[field.form](scene, field, loose);
  if (answer.kind !== 'nothing') return answer;
  if (loose) {
    const labelled = readLabelled(field, scene);
    if (labelled !== null) return labelled;
  }
  return loose ? { kind: 'bad', text: BAD[field.form] } : NOTHING;
}

type Reader = (scene: AnswerScene, field: FieldData, loose: boolean) => Answer;

const value = (found: string, source = found): Answer => ({ kind: 'value', value: found, source });

const BY_FORM: Readonly<Record<FieldForm, Reader>> = {
  ip({ text, read }) {
    const found = findAddresses(createView(text)).filter((address) => !address.network);
    const outside = found.filter((address) => !address.inside);
    const roles = new Map(read.addresses.map((address) => [address.value, address]));
    const calling = outside.filter(({ value: v }) => !['listed', 'site', 'api'].includes(roles.get(v)?.role ?? ''));
    const distinct = [...new Set((calling.length > 0 ? calling : outside).map((address) => address.value))];
    const [only] = distinct;
    if (only !== undefined && distinct.length === 1) return value(only);
    if (only === undefined && found[0] !== undefined)
      return { kind: 'bad', text: 'privateAddress', value: found[0].value };
    const wrong = WRONG_ADDRESS.exec(text)?.[0];
    return wrong !== undefined && canonicalAddress(wrong) === null
      ? { kind: 'bad', text: 'badIp', value: wrong }
      : NOTHING;
  },
  timestamp: (scene) => readMoment(scene),
  url({ text }) {
    const found = URL_SHAPE.exec(text)?.[0].replace(/[.,;:!?]+$/, '');
    return found === undefined ? NOTHING : value(found);
  },
  domain({ text, engine }) {
    const hosts = new Set(engine.fields.api.hosts);
    for (const match of text.matchAll(DOMAIN_SHAPE)) {
      const found = (match[1] ?? '').toLowerCase();
      if (!hosts.has(found) && !/^\d+(?:\.\d+)*$/.test(found)) return value(found, match[1]);
    }
    return NOTHING;
  },
  code(scene, _field, loose) {
    const { text } = scene;
    const found =
      /(?<![\w.:/-])[1-5]\d\d(?![\w:/-]|\.\d)/.exec(text)?.[0] ??
      (loose ? /(?<![\w.:/-])-?\d{1,6}(?![\w:/-]|\.\d)/.exec(text)?.[0] : undefined);
    return found === undefined ? NOTHING : value(found);
  },
  message(scene, _field, loose) {
    const { text, again, read } = scene;
    const quoted = QUOTED.exec(text)?.[1]?.trim();
    if (quoted !== undefined && !/^https?:/i.test(quoted)) return value(quoted);
    const whole = unlabelled(text.trim(), scene).replace(/^["'“«]+|["'”»]+$/g, '');
    return loose &&
      whole !== '' &&
      whole.length <= (again ? MOST_MESSAGE : MOST_BARE_MESSAGE) &&
      !whole.includes('[redacted:') &&
      // Several sentences, or what is in the list, are the person's own words.
      !SENTENCES.test(whole) &&
      !read.addresses.some(({ listed }) => listed) &&
      /\p{L}{2}/u.test(whole)
      ? { ...value(whole), loose: true }
      : NOTHING;
  },
  version({ text }) {
    const found =
      /(?<![\w.])v?(\d{1,3}(?:\.\d{1,3}){1,2})(?![\w]|\.\d)/i.exec(text)?.[1] ??
      /^\D{0,12}(\d{1,2})\D{0,6}$/.exec(text.trim())?.[1];
    return found === undefined ? NOTHING : value(found);
  },
  action({ text, engine }, _field, loose) {
    const folded = fold(text);
    const names = engine.fields.api.actions.map(({ action }) => action);
    const found = names
      .flatMap((name) => {
        const match = new RegExp(`(?<![a-z0-9_.-])${name}(?![a-z0-9_-]|\\.[a-z])`).exec(folded);
        if (match === null) return [];
        const quoted = /["'“”«`]/.test(text[match.index - 1] ?? '');
        return [{ name, at: match.index - (quoted ? 10_000 : 0) }];
      })
      .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
    if (found !== undefined) return value(found.name);
    const single = /^["'`]?([a-z]{3,20}(?:_[a-z]{2,20}){1,3})["'`]?[.!]?$/i.exec(text.trim())?.[1];
    return single === undefined || !loose ? NOTHING : { ...value(single.toLowerCase(), single), loose: true };
  },
  account: (scene, _field, loose) => readAccount(scene, loose),
  integration: () => NOTHING,
};

/** Words without what announces them: "the message said: …". */
function unlabelled(text: string, { engine, language }: AnswerScene): string {
  const lead = /^([^:：\n"“«]{2,40})[:：]\s*(?=\S)/.exec(text);
  if (lead === null) return text;
  const label = new RegExp(
    `(?<![a-z0-9\\u0400-\\u04ff])${engine.fields.lexicon(language).labels('message')}(?![a-z0-9\\u0400-\\u04ff])`,
  );
  return label.test(fold(lead[1] ?? '')) ? text.slice(lead[0].length) : text;
}

/** The message read as a line of a form: the field's label before it. */
function readLabelled(field: FieldData, scene: AnswerScene): Answer | null {
  if (scene.text.length > 200 || scene.text.includes('\n')) return null;
  const label = scene.engine.textsOf(scene.language).fields[field.key]?.label ?? field.key;
  const text = `${label}: ${scene.text.trim()}` as Redacted;
  const redaction = { text, redactions: [], spans: [], observations: [] };
  const read = scene.engine.readRedacted(redaction, { language: scene.language });
  const found = read.fields[field.key];
  return found === undefined ? null : { kind: 'value', value: found, source: read.sources[field.key] ?? found };
}
