// Does a word look made up as a password, how much, and are two of them made alike?
import type { Token } from './tokens';

/** Signs of a program's text. */
export const CODE = /[(){}<>;[\]]|->|::|=>|^[\w.[\]-]+=|^[\w.+-]+@[\w-]+\.|^\$/;

/** Two tokens made in the same way: same separators or a common beginning. */
export function similar(a: Token, b: Token): boolean {
  if (a.text.slice(0, 3).toLowerCase() === b.text.slice(0, 3).toLowerCase()) return true;
  const form = (text: string): string => text.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0');
  return form(a.text) === form(b.text) && form(a.text).length > 1;
}

/** Plainly made up: digits or symbols mixed with letters in a way that names and versions are not. */
export function isChosen(text: string): boolean {
  if (text.length < 6 || CODE.test(text) || NUMBERED.test(text)) return false;
  const lower = /\p{Ll}/u.test(text);
  const upper = /\p{Lu}/u.test(text);
  const digit = /\d/.test(text);
  if (/[!#$%^&*+=~@?]/.test(text.slice(0, -1)) && (digit || (lower && upper)) && /\p{L}/u.test(text)) return true;
  if (digit && lower && upper) return true;
  if (digit && (lower || upper)) {
    const parts = text.split(/[-_.]/);
    if (parts.length >= 3 && parts.some((part) => /^\p{L}+$/u.test(part))) return true;
    return /\d\p{L}+\d|\p{L}\d+\p{L}/u.test(text) && text.length >= 8;
  }
  return false;
}

const HEX = /^(?=.*\d)[\da-f.:-]+$/i;
/** A lower-case name with a short number: a machine, a user, a thing that is counted. */
const COUNTED = /^\p{L}+[-_.]?\d{1,3}$/u;
const CAMEL = /^\p{L}\p{Ll}*(?:\p{Lu}\p{Ll}+)+\d{0,2}$/u;
const DATED = /^\d{1,2}[-/ ]\p{L}{3}[-/ ]\d{2,4}/u;
/** A word written twice, in short: "gara2". */
const DOUBLED = /^\p{Ll}{3,}2$/u;
/** `web03-fra`, `hk-node7`: short lower-case parts, a number glued to one of them. */
const MACHINE = /^\p{Ll}{2,8}\d{0,2}(?:-\p{Ll}{2,8}\d{0,2}){1,3}$/u;
/** `web-mad-02`, `fra1-web-02`: two short parts, one of them very short, and a counter. */
const NUMBERED = /^(?=(?:\p{Ll}+\d?-)?\p{Ll}{2,3}\d?-)\p{Ll}{2,8}\d?-\p{Ll}{2,5}\d?-\d{1,2}$/u;
/** `ap-southeast-1`: a region of a cloud. */
const REGION = /^\p{Ll}{2}(?:-\p{Ll}{3,}){1,2}-\d$/u;
/** `app_web_1`, `check_list2`: a name of parts with a counter. */
const COUNTER = /^\p{Ll}+(?:_\p{Ll}+)*_?\d{1,2}$/u;
const SNAKE = /^\p{Ll}+(?:[_.]\p{Ll}+)+$/u;

/**
 * How much a word looks chosen as a credential, 0 to 4: 4 only passwords look so, 3 mixed, 2 words with a number or a symbol,
 * 1 several joined words, 0 nothing that counts.
 */
export function chosenness(text: string): number {
  if (text.length < 5 || DATED.test(text) || NUMBERED.test(text) || REGION.test(text)) return 0;
  if (SNAKE.test(text)) return 0.25;
  if (MACHINE.test(text)) return 0.75;
  // "app_web_1" counts, "plum_orchard62" hardly does.
  if (text.includes('_') && COUNTER.test(text)) return /\d\d$/.test(text) ? 1.5 : 0.75;
  if (DOUBLED.test(text)) return 0;
  const inner = text.replace(/[&#~,]+$/, '').slice(0, /\d.*!$/.test(text) ? undefined : -1);
  const lower = /\p{Ll}/u.test(text);
  const upper = /\p{Lu}/u.test(text);
  const digit = /\d/.test(text);
  const letters = lower || upper || /\p{L}/u.test(text);
  if (!letters) return 0;
  if (HEX.test(text) || (!lower && digit && !/[a-z]/.test(text) && /^[\dA-Z_.:-]+$/.test(text)))
    return text.length >= 12 ? 1.5 : 1;
  // Keys pressed together; the name of a header.
  if (/^\p{L}+(?:\+\p{L}+)+$|^X-\p{Lu}/u.test(text)) return 0;
  const symbol = /[!#$%^&*+~@=?]/.test(inner) && !/[/\\]/.test(inner);
  if (symbol && (digit || (lower && upper)) && text.length >= 6) return 4;
  if (digit && lower && upper) {
    if (CAMEL.test(text.replace(/[&#~,]+$/, ''))) return /^\p{Ll}/u.test(text) ? 2.5 : 2;
    return /[-_.!/]/.test(inner)
      ? COUNTED.test(text) && !text.includes('.')
        ? 2
        : COUNTED.test(text)
          ? 3
          : 4
      : COUNTED.test(text)
        ? 2
        : 3;
  }
  if (digit) {
    if (COUNTED.test(text)) return /\d{3}$/.test(text) || text.length >= 10 ? 1.5 : 0.5;
    if (/^\p{L}+[-_.]?\d{4,}$/u.test(text)) return 2;
    return isChosen(text) ? 3 : 2;
  }
  if (symbol) return 2;
  if (/[!?]$/.test(text) && upper && lower) return 2;
  if (CAMEL.test(text)) return 0.5;
  if (/^\p{L}+(?:[-_.]\p{L}+)+$/u.test(text)) return upper && /^(?:\p{Lu}?\p{Ll}{2,}(?:[-_.]|$))+$/u.test(text) ? 2 : 1;
  return 0;
}

const CONSTANT = /^\p{Lu}[\p{Lu}\d]*(?:_[\p{Lu}\d]+)+$/u;
const MEMBER =
  /^\p{Ll}+\.(?:\p{Lu}\p{Ll}+)+$|^\p{Ll}+\.\p{Ll}+_\p{Ll}+$|^(?:\p{Ll}[\p{Ll}\d_]*\.){2,}\p{Lu}[\w$]*$|^\p{L}+(?:::|\\)\p{L}[\w:\\]*$/u;
const HUMPS = /^\p{L}\p{Ll}*(?:\p{Lu}\p{Ll}+)+(?:\p{Lu}{2,})?$/u;

/** A short mark and hex digits: an id of a request or job. */
const ERROR = /^\p{Lu}{1,3}-?\d{2,5}(?:-\p{Lu}+)?$/u;
const SERIAL =
  /^\p{Ll}{2,5}-(?=[\da-f]*\d)[\da-f]{4,}$|^\p{Lu}{2,5}-(?=[\da-f]*\d)[\da-f]{4,}$|^\p{Lu}{2,5}-(?=[\dA-F]*\d)[\dA-F]{4,}$/u;
/** A log-on at a machine's short name. */
const HOST = /^\p{Ll}[\w-]*@\p{Ll}[a-z-]*\d{0,2}$/u;

/** The name of a variable, class or function: a value only where it is told as one. */
export function isIdentifier(text: string): boolean {
  return (
    CONSTANT.test(text) ||
    MEMBER.test(text) ||
    HUMPS.test(text) ||
    SERIAL.test(text) ||
    ERROR.test(text) ||
    HOST.test(text)
  );
}

const QUERY = /[?&][\p{L}_.]{1,30}=|\?\p{Ll}{3,}$|^\/[\w.-]+[/?]|https?:\\+\//u;
const LOGIN_AT = /^[\w.-]{1,32}@(?:\d{1,3}\.){3}\d{1,3}$/;
const ESCAPES = /^(?:\\+[ux][\da-f]{2,4})+$/i;

const PUBLIC = /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|AAAA[BCE][\w+/]{6,}={0,2})$/;
/** The id of a thing at a provider: a short mark and a mix. */
const MARKED = /^\p{Ll}{2,4}_(?=[A-Za-z]*\d[A-Za-z]+\d)[A-Za-z\d]{8,}$/u;
/** A version or release of something. */
const RELEASE =
  /^(?:\p{Ll}{2,}-?|[\p{Ll}-]{2,}\/)\d+\.\d+(?:[.-][\p{Ll}\d]+)*$|(?:^|[-_.])(?:v\d+|beta\d*|rc\d+|alpha\d*)(?:[-_.]|$)/iu;
const DIGEST = /[._](?:md5|sha\d{0,3}|crc\d*)$/i;
const VARIABLE = /[:=]\$\{?\w+\}?$|^\$/;
const PROMPT = /^\w[\w.-]*@[\w.-]+:\S*[#$]$|^\.{2,}|%3D/i;
const FORMAT = /^%[-.\d]*[a-z]$|^\p{Lu}+(?:_\p{Lu}+)+$/u;
/** A chat's channel or a page's anchor. */
const CHANNEL = /^#\p{Ll}{2,}(?:[-_]\p{Ll}{2,})*$/u;

/** A part of a URL, a log-on at a host, a date, an escape: never a credential by itself. */
export function isOther(text: string): boolean {
  return (
    QUERY.test(text) ||
    LOGIN_AT.test(text) ||
    DATED.test(text) ||
    ESCAPES.test(text) ||
    PUBLIC.test(text) ||
    FORMAT.test(text) ||
    CHANNEL.test(text) ||
    DIGEST.test(text) ||
    PROMPT.test(text) ||
    VARIABLE.test(text) ||
    SERIAL.test(text) ||
    MARKED.test(text) ||
    RELEASE.test(text)
  );
}

/** An id in capitals whose digits are none. */
export function isSerial(text: string): boolean {
  return SERIAL.test(text) && /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text);
}

/** A mark that no user name has, in a word that is none: whatever stands beside it, this is no user. */
export function isNoUser(text: string): boolean {
  return chosenness(text) === 4 && /[!#$^&*?]/.test(text.slice(0, -1));
}

/** What no cue makes a credential: an address or place of something, a date, an escape, an expression, a variable. */
export function isNoValue(text: string): boolean {
  return (
    QUERY.test(text) ||
    LOGIN_AT.test(text) ||
    DATED.test(text) ||
    ESCAPES.test(text) ||
    PUBLIC.test(text) ||
    FORMAT.test(text) ||
    DIGEST.test(text) ||
    PROMPT.test(text) ||
    VARIABLE.test(text) ||
    CONSTANT.test(text) ||
    MEMBER.test(text)
  );
}

/** May several words in quotes be a pass phrase? No sentence marks, no structure, no status at its head. */
export function isPhrase(text: string): boolean {
  return !/[:=<>{}()/\\|,;"]|^\d{3}\s|\d\.\d|\.\s|\.$|\s\d{3}$/.test(text);
}
