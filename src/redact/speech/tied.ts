// Words tied to a credential noun: links and fillers ahead of it, links and brackets behind it, runs of joined values.
import { HARD_LINK, type Line, type Mention } from './line';
import { chosenness, isIdentifier, isSerial, similar } from './chosen';
import type { Lexicon } from './lexicon';
import type { Token } from './tokens';

const LINK_TRAIL = /[:=]$/;
const MAX_AHEAD = 9;

/** Words behind the noun: links, fillers, then the value. */
export function ahead(line: Line, at: number, mention: Mention): void {
  const { lexicon } = line.search.pack;
  const { kind, strong } = mention.noun;
  const head = line.tokens[at] as Token;
  let link: 'none' | 'soft' | 'hard' = LINK_TRAIL.test(head.trail) || /[:=]$/.test(head.text) ? 'hard' : 'none';
  const wideTail = line.search.text.slice(mention.end, head.end);
  if (/^[:=]/.test(line.search.text.slice(mention.end, mention.end + 1))) {
    // "pass:X usr:Y": the value has been read, what follows is something else.
    if (/^[:=](?:[\p{L}\d]|\[redacted)/u.test(wideTail)) {
      const value = wideTail.slice(1).replace(/[)\]}>"'`,.;:!?]+$/, '');
      const start = mention.end + 1;
      if (chosenness(value) === 4)
        line.search.findings.push({ start, end: start + value.length, kind, carrier: 'speech' });
      return;
    }
    link = 'hard';
  }
  if (wideTail !== '' && lexicon.wideEnds('link', wideTail)) link = 'soft';
  if (wideTail !== '' && lexicon.wideHasUser(wideTail)) return;
  // "user X / pass Y": the frame ties as a link does.
  if (link === 'none' && head.trail === '' && inFrame(line, at)) link = 'soft';
  // Closing a sentence ends the noun's reach.
  if (head.last && link === 'none') return;
  if (link === 'none' && lexicon.isCompound(line.tokens[at + 1]?.lower ?? '')) return;
  // What the noun's own run goes on to say stands between it and the value.
  let ordinary = wideTail === '' || link !== 'none' ? 0 : 1;
  let linkDistance = 0;
  for (let i = at + 1; i < line.tokens.length && i <= at + MAX_AHEAD; i++) {
    const token = line.tokens[i] as Token;
    // The string in which the noun stands is over.
    if (head.quoted && line.search.text.slice(head.end, Math.min(token.start, head.end + 4)).includes(',')) return;
    if (
      !/["']/.test(head.lead) &&
      !head.quoted &&
      /["'][,:;]?/.test(line.tokens[i - 1]?.trail ?? '') &&
      line.tokens[i - 1]?.quoted !== true
    )
      return;
    if (line.owner[i] !== undefined) {
      // A second noun of the same phrase ("API password"), or its own turn.
      return;
    }
    if (HARD_LINK.test(token.text)) {
      link = token.text === '|' ? link : 'hard';
      linkDistance = 0;
      continue;
    }
    if (token.text.includes('redacted:')) return;
    if (lexicon.has('user', token.lower) && !token.quoted) {
      const next = line.tokens[i + 1];
      // "password account web X": the account is the password's, and X stands behind one word more.
      if (i > at + 1 || link !== 'none' || next === undefined || !/^\p{Ll}+$/u.test(next.text)) return;
      if (lexicon.has('link', next.lower) || lexicon.has('and', next.lower)) return;
      ordinary++;
      continue;
    }
    if (/[\u3400-\u9fff]/.test(token.text) && !/[a-z\d]/i.test(token.text)) {
      if (/^[，；、。]/.test(token.text) && link === 'none') return;
      if (lexicon.wideHasUser(token.text)) return;
      if (lexicon.wideEnds('link', token.text)) {
        link = 'soft';
        continue;
      }
      if (/[？。]/.test(token.text) || lexicon.wideHas('asking', token.text)) return;
      if (++ordinary > 3) return;
      continue;
    }
    const code = (kind === 'one-time-code' || kind === 'epp-code') && i === at + 1;
    // A short number behind a weak noun is a status or an error.
    if (/^\d{1,5}$/.test(token.text) && !strong) return;
    const seen = line.look(i, link !== 'none' || code);
    const told = seen === 'none' && linkDistance === 0 && isCued(line, i, at, link) && line.isTold(i);
    const looks = told ? 'medium' : seen;
    if (seen !== 'word' && link === 'none' && strong && ordinary <= 1 && isOdd(line, i, at))
      return takeRun(line, i, kind);
    if (seen === 'none' && link === 'none' && strong && isTwoWords(token.text, lexicon) && isModified(line, at, i))
      return takeRun(line, i, kind);
    const bracket = /[("]/.test(token.lead);
    if ((looks === 'strong' || looks === 'medium') && i > at + 1 && line.isIdentified(i)) return;
    // A machine's name some words behind a link that may be a preposition.
    if (looks === 'strong' && link === 'soft' && linkDistance > 1 && chosenness(token.text) < 1) return;
    if (looks === 'strong' && link === 'none' && (line.isProtected(i) || line.worth(token.text) < 1.5)) return;
    if (looks === 'strong' && (link !== 'none' || ordinary <= 3 || bracket)) return takeRun(line, i, kind);
    if (looks === 'medium') {
      const numeric = /^\d+$/.test(token.text);
      if (
        link !== 'none'
          ? linkDistance <= 3
          : !numeric &&
            (token.quoted ||
              bracket ||
              (strong && line.worth(token.text) === 1.5 && isModified(line, at, i)) ||
              (ordinary === 0 &&
                i === at + 1 &&
                strong &&
                (!/^\p{Lu}/u.test(token.text) || /\p{Ll}\d{2}/u.test(token.text))))
      )
        return takeRun(line, i, kind);
      if (
        link === 'none' &&
        i === at + 1 &&
        (kind === 'one-time-code' || kind === 'epp-code') &&
        (numeric || /\d/.test(token.text))
      )
        return takeRun(line, i, kind);
    }
    if (
      kind === 'one-time-code' &&
      /^\d{2,4}$/.test(token.text) &&
      /^\d{2,4}$/.test(line.tokens[i + 1]?.text ?? '') &&
      (link !== 'none' || i === at + 1)
    ) {
      line.take(i, kind);
      line.take(i + 1, kind);
      return;
    }
    if (
      looks === 'word' &&
      !/^[/|]$/.test(line.tokens[i + 1]?.text ?? '') &&
      link !== 'none' &&
      linkDistance <= 2 &&
      strong &&
      token.text.length >= 4 &&
      mayBeWord(line, i, link)
    )
      return takeRun(line, i, kind);
    if (looks === 'word' && token.quoted && (link !== 'none' || (strong && i === at + 1)))
      return takeRun(line, i, kind);
    if (token.trail.endsWith(':') || token.trail.endsWith('=') || /[:=]$/.test(token.text)) {
      link = 'hard';
      linkDistance = 0;
    } else if (lexicon.has('link', token.lower)) {
      if (link !== 'hard') link = 'soft';
      linkDistance = 0;
    } else if (link !== 'none') {
      if (!lexicon.has('filler', token.lower) && !lexicon.has('to', token.lower) && !lexicon.has('from', token.lower)) {
        // "password is wrong": said about the credential.
        if (looks === 'none' || looks === 'word') {
          linkDistance += 2;
          if (linkDistance > 4) return;
        }
      }
      linkDistance++;
    } else ordinary++;
    if (token.last && !token.trail.endsWith(':')) return;
    if (/[,;]/.test(token.trail) && link === 'none' && ordinary > 4) return;
  }
}

/** Right behind the noun's colon or its "is", fillers aside. */
function isCued(line: Line, i: number, at: number, link: 'none' | 'soft' | 'hard'): boolean {
  if (link === 'hard') return true;
  const { lexicon } = line.search.pack;
  const before = line.tokens[i - 1] as Token;
  if (link !== 'soft') return false;
  if (i > at + 1 && lexicon.has('copula', before.lower)) return true;
  return lexicon.wideEnds('link', before.text);
}

/** Right behind the noun or its "my": looks like a constant or a serial, but no part of it is a word. */
function isOdd(line: Line, i: number, at: number): boolean {
  const { lexicon } = line.search.pack;
  const { text } = line.tokens[i] as Token;
  const between = line.tokens[at + 1] as Token;
  if (i > at + 2 || (i === at + 2 && !lexicon.has('pronoun', between.lower) && !lexicon.has('filler', between.lower)))
    return false;
  return (
    (isSerial(text) || /^\p{Lu}{3,}[\p{Lu}\d]*(?:[._-][\p{L}\d]+)+$|^\p{Lu}{6,}\d{2,}$/u.test(text)) &&
    text.length >= 8 &&
    (isSerial(text) ||
      text
        .split(/[._-]/)
        .every((part) => /^\d+$/.test(part) || !lexicon.isOrdinary(part.replace(/\d+$/, '').toLowerCase()))) &&
    line.isTold(i, true)
  );
}

/** `gunung.Slamet`: two words of no language of the trade, where a member of code has words of it. */
function isTwoWords(text: string, lexicon: Lexicon): boolean {
  return (
    /^\p{Ll}{4,}\.\p{Lu}\p{Ll}{3,}$/u.test(text) &&
    !text
      .toLowerCase()
      .split('.')
      .some((part) => lexicon.isOrdinary(part))
  );
}

/** Do only words that qualify the noun stand between it and the word? */
function isModified(line: Line, at: number, i: number): boolean {
  const { lexicon } = line.search.pack;
  return line.tokens.slice(at + 1, i).every(({ lower }) => lexicon.has('filler', lower) || lexicon.has('user', lower));
}

/** Does a user noun stand before this noun, with only its value and a joint between? */
function inFrame(line: Line, at: number): boolean {
  const { lexicon } = line.search.pack;
  const joint = line.tokens[at - 1];
  if (
    joint === undefined ||
    !(
      /^[/|,;&+-]$/.test(joint.text) ||
      /[,;/|]$/.test(joint.trail) ||
      lexicon.has('and', joint.lower) ||
      !lexicon.isOrdinary(joint.lower)
    )
  )
    return false;
  for (let i = at - 1; i >= 0 && at - i <= 4; i--) {
    if (lexicon.has('user', (line.tokens[i] as Token).lower) || line.owner[i]?.noun.kind === 'user') return true;
  }
  return false;
}

/** A plain word as a value: not in the middle of a claim. */
function mayBeWord(line: Line, i: number, link: 'soft' | 'hard'): boolean {
  const token = line.tokens[i] as Token;
  const { lexicon } = line.search.pack;
  const next = line.tokens[i + 1];
  if (/^\p{Lu}{2,}$/u.test(token.text) && token.text.length < 6) return false;
  if (token.trail.includes('?')) return false;
  const before = line.tokens[i - 1];
  // "my password is the plum": a determiner makes a common noun of it.
  if (
    before !== undefined &&
    link === 'soft' &&
    lexicon.has('pronoun', before.lower) &&
    !lexicon.has('link', before.lower)
  )
    return false;
  if (next === undefined || token.last || /[,;.!)]/.test(token.trail)) return true;
  // "the password of X is Y": X is what it belongs to.
  if (
    lexicon.has('copula', next.lower) &&
    (/^(?:strong|medium)$/.test(line.look(i + 2, true)) || line.tokens[i + 2]?.text.includes('redacted:') === true)
  )
    return false;
  return lexicon.isOrdinary(next.lower) || line.owner[i + 1] !== undefined || /^[(,;/|-]/.test(next.lead + next.text);
}

/** The value and others that are joined to it: "A and B", "A, B", "A (old), B (new)". */
function takeRun(line: Line, i: number, kind: string): void {
  line.take(i, kind);
  const { lexicon } = line.search.pack;
  let gap = 0;
  for (let k = i + 1; k < line.tokens.length && gap <= 3; k++) {
    const token = line.tokens[k] as Token;
    if (line.tokens[k - 1]?.last === true || line.owner[k] !== undefined || lexicon.has('user', token.lower)) return;
    const looks = line.look(k);
    if (looks === 'strong' || (looks === 'medium' && (token.quoted || similar(line.tokens[i] as Token, token)))) {
      line.take(k, kind);
      gap = 0;
      continue;
    }
    if (
      lexicon.has('and', token.lower) ||
      lexicon.has('to', token.lower) ||
      lexicon.has('filler', token.lower) ||
      /^[/|&,+-]$/.test(token.text)
    )
      gap++;
    else return;
  }
}

/** "X is my password", "typed X (the panel password)", "use X as the password". */
export function behind(line: Line, first: number, last: number, mention: Mention): void {
  const { lexicon } = line.search.pack;
  const { kind, strong } = mention.noun;
  let link: 'none' | 'soft' | 'bracket' = /[(-]/.test(line.tokens[first]?.lead ?? '') ? 'bracket' : 'none';
  const head = line.search.text.slice((line.tokens[first] as Token).start, mention.start);
  if (head !== '' && lexicon.wideHas('copula', head)) link = 'soft';
  for (let i = first - 1; i >= 0 && first - i <= 6; i--) {
    const token = line.tokens[i] as Token;
    if (token.last || line.owner[i] !== undefined) return;
    if (HARD_LINK.test(token.text)) {
      link = 'bracket';
      continue;
    }
    if (/[,;，；]/.test(token.trail) && link === 'none') return;
    const seen = line.look(i, link !== 'none');
    const told =
      seen === 'none' &&
      link === 'soft' &&
      strong &&
      lexicon.has('link', (line.tokens[i + 1] as Token).lower) &&
      line.isTold(i);
    const looks = told ? 'medium' : seen;
    if (looks === 'strong' || looks === 'medium') {
      // The name of a class or variable some words off is one.
      if (line.isProtected(i) || (i < first - 1 && link === 'bracket' && isIdentifier(token.text))) return;
      const numeric = /^\d+$/.test(token.text);
      if (link !== 'none' && (!numeric || kind === 'one-time-code' || strong)) return takeBack(line, i, kind);
      if (looks === 'strong' && first - i <= 3) return line.take(i, kind);
      return;
    }
    if (
      looks === 'word' &&
      link === 'soft' &&
      strong &&
      token.text.length >= 4 &&
      !token.trail.includes(',') &&
      (i === 0 || line.tokens[i - 1]?.last === true || lexicon.has('verb', line.tokens[i - 1]?.lower ?? '')) &&
      !linksOn(line, last)
    )
      return line.take(i, kind);
    if (looks === 'word' && link === 'soft' && !linksOn(line, last) && takeWordsBack(line, i, kind)) return;
    if (/[\u3400-\u9fff]/.test(token.text)) {
      if (lexicon.wideHas('copula', token.text)) link = 'soft';
      continue;
    }
    if (lexicon.has('link', token.lower) && !(lexicon.has('to', token.lower) && strong))
      link = link === 'none' ? 'soft' : link;
    else if (/\(/.test(token.lead)) link = 'bracket';
    else if (looks === 'word') return;
  }
}

/** "chose two words as the secret": two to four words of no language, right behind a verb and before the link. */
function takeWordsBack(line: Line, i: number, kind: string): boolean {
  const { lexicon } = line.search.pack;
  if (!lexicon.has('link', line.tokens[i + 1]?.lower ?? '')) return false;
  let first = i;
  while (first > 0 && i - first < 3 && line.look(first - 1) === 'word' && line.tokens[first - 1]?.trail === '') first--;
  if (first === i || !lexicon.has('verb', line.tokens[first - 1]?.lower ?? '')) return false;
  const { start } = line.tokens[first] as Token;
  line.search.findings.push({ start, end: (line.tokens[i] as Token).end, kind, carrier: 'speech' });
  for (let k = first; k <= i; k++) line.taken.add(k);
  return true;
}

/** Does the noun go on to a link of its own ("the X password is …")? */
function linksOn(line: Line, last: number): boolean {
  const next = line.tokens[last + 1];
  return (
    next !== undefined &&
    !/[,;.?!]/.test(line.tokens[last]?.trail ?? '') &&
    line.search.pack.lexicon.has('link', next.lower)
  );
}

function takeBack(line: Line, i: number, kind: string): void {
  line.take(i, kind);
  const { lexicon } = line.search.pack;
  for (let k = i - 1; k >= 0 && i - k <= 3; k--) {
    const token = line.tokens[k] as Token;
    if (token.last) return;
    if (line.look(k) === 'strong' && !line.isProtected(k)) line.take(k, kind);
    else if (!lexicon.has('and', token.lower)) return;
  }
}
