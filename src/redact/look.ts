// What a value looks like by itself: placeholder, code, ordinary term, word, or chosen. Knows no carrier and no cue.
import type { HarmlessData } from './pack';
import { nameWords } from './names';

/** How much a value looks like a credential, without its surroundings. */
export type Strength = 'none' | 'word' | 'medium' | 'strong';

const MASK =
  /^(?:[x*•●·.\-_?#…█▒░◦∙=+0]+|[xX]{3,}[\w-]*|[*•●█░▒]{3,}.{0,4}|.{0,6}(?:\*{3,}|•{3,}|x{5,}|\.{3,}|…).{0,6})$/i;
const BRACKETED =
  /^(?:<[^<>]*>|\{\{.*\}\}|\$\{\{.*\}\}|\$\{[^}]*\}|\$\([^)]*\)|#\{.*\}|<%.*%>|%[A-Za-z_]\w*%|%\(\w+\)s|%[sdvq]|\{[\w.:]*\}|\[[a-z][\w :.-]*\]|\(\w[\w ]*\)|__\w+__|@@?[A-Za-z_]\w*@?@?|!\w+!|:\w+|\?)$/i;
const VARIABLE = /^[&*@]?\$\{?[A-Za-z_][A-Za-z_0-9]*\}?(?:(?:->|\.|::|\?->)\w+|\[[^\]]*\])*(?:\(.*)?$/;
const REFERENCE =
  /^(?:!\w+ |vault:|op:\/\/|ssm:|arn:|secretsmanager:|secretref|keyvault|env[:(.]|enc[[(]|file:|kv\/|lookup\(|data\.|var\.|local\.|module\.|\$env:|\$\$\{|@microsoft\.keyvault|ref\+)/i;
const PATH = /^(?:~|\.{1,2})?(?:\/[\w@.,+-]+){2,}\/?$|^[A-Za-z]:\\|^\/[\w-]+\.\w+$|^~\//;
const URL = /^[a-z][a-z\d+.-]{1,20}:\/\//i;
const EMAIL = /^[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}$/i;
const ADDRESS = /^\[?(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[\da-f]*:[\da-f:]*:)[\da-f:]{3,39})\]?(?:[:/]\d{1,5})?$/i;
const HARDWARE = /^[\da-f]{2}(?:[:-][\da-f]{2}){5}$/i;
const UUID = /^[{(]?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}[})]?$/i;
const DATE =
  /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[tT ,]?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?$/i;
const TIME = /^\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:[ap]m|z|h)?$/i;
const NUMBER = /^[#~+-]?[\d.,:/-]+(?:[a-zа-яё%€$£°]{1,6})?$/i;
const VERSION =
  /^(?:v|ver|version|rev|build|r)?[-/]?\d+(?:\.(?:\d+|x))+(?:[-+.~]?(?:rc|beta|alpha|release|dev|p|ubuntu|debian|deb|el|lts|final|snapshot|stable|ga|sp)[\w.+~-]*)?$/i;
/** A kernel's release: a version, a build, a flavour. */
const KERNEL = /^\d+(?:\.\d+)+-\d+-[a-z]+\d*$/;
const HASHED = /^(?:[a-z][\w-]*|)@?sha\d+[-:]/i;
const PRODUCT = /^[A-Za-z][A-Za-z.-]*\/\d[\w.+-]*$/;
const CALL = /^[A-Za-z_][\w]*(?:(?:\.|->|::|\\)[A-Za-z_]\w*)*\(.*$/;
const FRAME = /^[\w$./\\-]+(?:\.\w{1,6})(?::\d+|\(\d+\))+[:),]*$/;
const MEDIA = /^(?:application|text|image|multipart|audio|video)\/[\w.+*-]+;?$/i;
const HEXNUM = /^0x[\da-f]+$/i;
const COUNT = /^\d+[-\s]?(?:[a-z]+|[а-яё]+)(?:-[a-z]+)*$/i;
const SYMBOLS = /[!#$%^&*+=~?@|<>;:{}[\]()]/;

/** The compiled lists of what is harmless. */
export class Look {
  private readonly placeholders: ReadonlySet<string>;
  private readonly states: ReadonlySet<string>;
  private readonly roots: ReadonlySet<string>;
  private readonly terms: ReadonlySet<string>;
  private readonly topLevels: ReadonlySet<string>;

  constructor(data: HarmlessData) {
    const set = (list: { words: readonly string[] }): ReadonlySet<string> =>
      new Set(list.words.map((word) => word.toLowerCase()));
    this.placeholders = set(data.placeholderWords);
    this.states = set(data.stateWords);
    this.roots = set(data.codeRoots);
    this.terms = set(data.terms);
    this.topLevels = set(data.topLevels);
  }

  /** Nothing, a mask, a variable's or document's stand-in. */
  isPlaceholder(value: string): boolean {
    const text = value.trim();
    if (text === '' || text.includes('[redacted:')) return true;
    if (text.length > 200) return false;
    if (MASK.test(text) || BRACKETED.test(text) || REFERENCE.test(text)) return true;
    if (VARIABLE.test(text)) return true;
    if (this.isState(text)) return true;
    const colon = text.indexOf(':');
    if (
      colon > 0 &&
      colon < text.length - 1 &&
      text.indexOf(':', colon + 1) < 0 &&
      this.isPlaceholder(text.slice(0, colon)) &&
      this.isPlaceholder(text.slice(colon + 1))
    )
      return true;
    return this.isNamed(text);
  }

  /** One of the words that validators and replies put where a value would stand. */
  isState(value: string): boolean {
    const text = value
      .toLowerCase()
      .replace(/[.!;,]+$/, '')
      .replace(/[(|:[].*$/, '')
      .trim();
    return text !== '' ? this.states.has(text) : !/[\p{L}\d]/u.test(value);
  }

  /** A value that only names itself: `YOUR_API_SECRET`, `api_secret`. */
  private isNamed(text: string): boolean {
    if (/[!#$%^&*+=~?@|;]/.test(text) || /\d{3}/.test(text)) return false;
    const words = nameWords(text);
    return words.length > 0 && words.length <= 8 && words.every((word) => this.placeholders.has(word));
  }

  /** An expression of a program instead of a value (only for values that stand without quotes). */
  isCode(value: string): boolean {
    const text = value.trim();
    if (VARIABLE.test(text) || CALL.test(text) || REFERENCE.test(text)) return true;
    if (/^(?:new|await|await\s|function|lambda|async|return|getenv|isset|not|null|self|this|super)\b[\s(.]/.test(text))
      return true;
    if (/^[([{]?\s*[)\]}]?[;,]?$/.test(text)) return true;
    const member = /^[@&*!]?([A-Za-z_]\w*)(?:(?:\?\.|\.|->|::)[A-Za-z_]\w*|\[(?:["']?[\w.-]+["']?)\])+/.exec(text);
    return member !== null && this.roots.has((member[1] ?? '').toLowerCase());
  }

  /** Addresses, times, numbers with units, versions, paths, files, domains, trade terms: never a credential in prose. */
  isInert(value: string): boolean {
    const lower = value.toLowerCase();
    if (this.terms.has(lower)) return true;
    if (URL.test(value) || EMAIL.test(value) || ADDRESS.test(value) || UUID.test(value) || HARDWARE.test(value))
      return true;
    if (
      DATE.test(value) ||
      TIME.test(value) ||
      NUMBER.test(value) ||
      VERSION.test(value) ||
      KERNEL.test(value) ||
      HASHED.test(value)
    )
      return true;
    if (PRODUCT.test(value) || CALL.test(value) || FRAME.test(value) || PATH.test(value) || MEDIA.test(value))
      return true;
    if (HEXNUM.test(value) || COUNT.test(value)) return true;
    return this.isDomain(value) || this.isKeyName(lower);
  }

  /** `ed25519-2024-ops`: a term of the trade, a year, and what for. */
  private isKeyName(lower: string): boolean {
    const [term = '', ...more] = lower.split('-');
    return (
      more.length === 2 &&
      /^20\d\d$/.test(more[0] ?? '') &&
      /^[a-z]{2,10}$/.test(more[1] ?? '') &&
      /\d{3}$/.test(term) &&
      this.terms.has(term)
    );
  }

  /** What stays also right behind a cue: addresses, links, paths, times, hosts, counts, calls. Ids and versions are no such thing. */
  isTold(value: string): boolean {
    if (this.terms.has(value.toLowerCase()) || this.isPlaceholder(value)) return false;
    if (URL.test(value) || EMAIL.test(value) || ADDRESS.test(value) || HARDWARE.test(value)) return false;
    if (DATE.test(value) || TIME.test(value) || HASHED.test(value) || PATH.test(value) || MEDIA.test(value))
      return false;
    if (CALL.test(value) || FRAME.test(value) || this.isDomain(value) || this.isCode(value)) return false;
    if (this.isKeyName(value.toLowerCase())) return false;
    if (!/\p{L}/u.test(value)) return false;
    return value.length >= 4;
  }

  /** A host or file name: its last part is a known ending. */
  isDomain(value: string): boolean {
    const match = /^(?:[\p{L}\d_*-]+\.)+([\p{L}-]{2,})(?::\d+)?(?:\/[^\s]*)?$/u.exec(value);
    if (match === null) return false;
    const ending = match[1] ?? '';
    return this.topLevels.has(ending.toLowerCase()) || ending.startsWith('xn--');
  }

  /** A path on a disk or a link: what `private_key: /etc/x.pem` names. */
  isPlace(value: string): boolean {
    return PATH.test(value) || (URL.test(value) && !/:\/\/[^/\s]*:[^/\s]*@/.test(value));
  }

  /** Prose-free judgement of one token. */
  strengthOf(value: string): Strength {
    if (value.length < 3 || this.isPlaceholder(value) || this.isInert(value)) return 'none';
    const letters = /\p{L}/u.test(value);
    const digits = /\d/.test(value);
    if (!letters) return digits && value.length >= 4 ? 'medium' : 'none';
    const inner = value.slice(0, -1);
    const symbols = SYMBOLS.test(inner);
    const joined = /[\p{L}\d][-_.,/][\p{L}\d]/u.test(value);
    if (digits && symbols) return value.length >= 5 ? 'strong' : 'medium';
    if (digits) {
      if (joined) return value.length >= 6 && !this.isCounted(value) ? 'strong' : 'medium';
      if (/\d\p{L}/u.test(value) && value.length >= 7) return 'strong';
      if (value.length >= 8 && /[a-z]/.test(value) && /[A-Z]/.test(value)) return 'strong';
      return value.length >= 4 ? 'medium' : 'none';
    }
    if (symbols) {
      if (/[=:()[\]{}<>;|]/.test(inner)) return 'word';
      return value.length >= 6 ? 'medium' : 'word';
    }
    if (/[_]/.test(inner) || /\p{Ll}\p{Lu}/u.test(value)) return value.length >= 6 ? 'medium' : 'word';
    if (/^\p{Lu}\p{Ll}+(?:[-.]\p{Lu}\p{Ll}+)+$/u.test(value)) return 'medium';
    if (/\p{Ll}-\p{Ll}+-\p{Ll}/u.test(value)) return 'medium';
    return 'word';
  }

  /** Looks generated: the bar for names like `key` and `id`. */
  isRandom(value: string): boolean {
    if (value.length < 8 || this.isPlaceholder(value) || this.isPlace(value)) return false;
    if (UUID.test(value) || this.isInert(value)) return false;
    if (!/\d/.test(value) && !(value.length >= 16 && /[a-z]/.test(value) && /[A-Z]/.test(value))) return false;
    return /[A-Za-z]/.test(value) && !/\s/.test(value);
  }

  /** `node-18`, `error-401`: a word and a number. */
  private isCounted(value: string): boolean {
    return /^\p{Ll}+[-_.]\d+$/u.test(value) || /^\p{Lu}{2,6}-[\d-]+$/u.test(value);
  }
}
