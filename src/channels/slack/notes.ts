// The small messages beside the card: answers in a talk, the question to copy, other causes, what was recorded, news of the ticket.
import type { CaseView, PutQuestion, Reply } from '../../service/talk';
import type { Ticket } from '../../service/record';
import { actions, button, context, fallback, listed, LIMITS, section } from './blocks';
import { bold, rich, type RichPart, run, titledList } from './rich';
import { fixesBlock, percentOf, type Shown, ticketLine, ticketLineBlock } from './card';
import { languageName, say, type Words } from './words';

const note = (text: string, blocks: Shown['blocks']): Shown => ({ text: fallback(text), blocks });

/** A sentence of the pack by itself. */
export const sentence = (text: string): Shown => note(text, [section(text)]);

export const answerBlockId = (key: string): string => `answer-${key}`;

/** What a turn says, without the draft, which the modal shows. */
export function renderAnswer(id: string, key: string, replies: readonly Reply[], words: Words): Shown {
  const hasDraft = replies.some(({ kind }) => kind === 'draft');
  const parts = replies.map((reply): RichPart => {
    const text = reply.kind === 'draft' ? (reply.text.split('\n')[0] ?? '') : reply.text;
    return { kind: 'section', runs: [run(`${text}\n`)] };
  });
  const draft = button({ action: 'open_draft', text: say(words.slack, 'openDraft'), value: id });
  const text = say(words.slack, 'answered');
  return note(
    text,
    listed(
      [rich(parts) ?? section(text), hasDraft ? actions(answerBlockId(key), [draft]) : undefined],
      LIMITS.messageBlocks,
    ),
  );
}

function asText({ text, choices }: PutQuestion): string {
  return [text, ...choices.map((choice) => `- ${choice}`)].join('\n');
}

/** The question in the customer's language as a text to copy, and what it says. */
export function renderQuestion({ question, language }: CaseView, words: Words): Shown {
  const { slack } = words;
  if (question === null) return sentence(say(slack, 'askNothing'));
  const foreign = language !== words.language;
  const lead = say(slack, 'askCopy', { language: languageName(words, language) });
  return note(
    lead,
    listed(
      [
        section(lead),
        rich([{ kind: 'copy', text: asText(question.person) }]),
        foreign
          ? rich([
              { kind: 'section', runs: [bold(say(slack, 'askTranslation'))] },
              { kind: 'quote', text: asText(question.agent) },
            ])
          : undefined,
        context(question.agent.why),
      ],
      LIMITS.messageBlocks,
    ),
  );
}

export function renderOthers({ others }: CaseView, words: Words): Shown {
  const lead = words.report['otherCauses'] ?? '';
  const items = others.map(({ title, likelihood, probability }) => [
    run(`${title} `),
    { text: `${likelihood}, ${percentOf({ probability })}`, italic: true } as const,
  ]);
  return note(
    lead,
    listed(
      [
        items.length === 0 ? section(say(words.slack, 'noOthers')) : rich(titledList(lead, items)),
        context(say(words.slack, 'onlyYou')),
      ],
      LIMITS.messageBlocks,
    ),
  );
}

export function renderFixes(view: CaseView, words: Words): Shown {
  const title = view.cause?.title ?? '';
  return note(
    title,
    listed([section(title), fixesBlock(view, words), context(say(words.slack, 'onlyYou'))], LIMITS.messageBlocks),
  );
}

/** What the cause really was, as recorded; `cause`: null for none of them. */
export function renderLabel(id: string, cause: string | null, words: Words): Shown {
  const title = words.causes.find((known) => known.id === cause)?.title ?? words.phrases['none'] ?? '';
  const text = say(words.slack, 'labelSet', { title });
  return note(text, [
    section(text),
    actions(`label-${id}`, [button({ action: 'undo_cause', text: say(words.slack, 'undo'), value: id })]),
  ]);
}

export const ticketBlockId = (id: string): string => `ticket-${id}`;

export function renderTicketNews(id: string, ticket: Ticket, words: Words): Shown {
  const text = ticketLine(ticket, words);
  const show = button({ action: 'open_draft', text: say(words.slack, 'showTicket'), value: id });
  return note(text, listed([ticketLineBlock(ticket, words), actions(ticketBlockId(id), [show])], LIMITS.messageBlocks));
}
