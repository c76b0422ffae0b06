// `preticket chat`: a conversation in the terminal, with the engine and the store of the server.
import readline from 'node:readline';
import { createChat } from '../channels/chat';
import { readConfig } from '../config';
import { PreticketError } from '../errors';
import { createParts } from '../main';
import type { Reply } from '../service/talk';

/** Lines that arrive within this time are one message: a pasted log is not many of them. */
const PASTE_MS = 40;
const HELP =
  'Type what goes wrong, or paste a request or a log. /ticket asks for the ticket, /forget deletes the conversation, /quit ends.';

/** Errors as the server's start. */
export async function chatCommand(options: { readonly language?: string }): Promise<void> {
  const config = readConfig(process.env);
  const parts = await createParts({ ...config, logLevel: 'silent' });
  const { service, engine } = parts;
  if (options.language !== undefined && !engine.languages.includes(options.language)) {
    await parts.close();
    throw new PreticketError('USAGE', `--language: one of ${engine.languages.join(', ')}`);
  }
  const chat = createChat({ service, log: parts.log, channel: 'terminal' });
  const isTerminal = process.stdin.isTTY === true;
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const show = (replies: readonly Reply[]): void => replies.forEach((reply) => say(`\n${reply.text}`));
  const origin = config.publicUrl === undefined ? {} : { origin: config.publicUrl };
  const { replies, ...bearer } = await service.open({ channel: 'terminal', ...options });
  if (isTerminal) say(HELP);
  show(replies);

  /** False where the talk is over. */
  const handle = async (text: string): Promise<boolean> => {
    switch (text.trim()) {
      case '':
        return true;
      case '/quit':
        return false;
      case '/forget':
        await service.remove(bearer);
        return false;
      case '/ticket': {
        const { ticket } = JSON.parse((await service.requestTicket(bearer)).body) as { ticket: { id: string } };
        say(`\n${ticket.id}`);
        return true;
      }
      default: {
        const { body } = await chat.message(bearer, text, origin);
        show((JSON.parse(body) as { replies: Reply[] }).replies);
        return true;
      }
    }
  };
  try {
    for await (const message of messages(isTerminal)) {
      try {
        if (!(await handle(message))) break;
      } catch (error) {
        // A fault of one message does not end the talk.
        if (!(error instanceof PreticketError) || error.code === 'NOT_FOUND') throw error;
        say(`\n${error.message}`);
      }
    }
  } finally {
    await parts.close();
  }
}

/** Messages from standard input: a line each, and on a terminal all lines of one paste together. */
async function* messages(isTerminal: boolean): AsyncGenerator<string> {
  const lines = readline.createInterface({
    input: process.stdin,
    output: isTerminal ? process.stdout : undefined,
    prompt: '> ',
    terminal: isTerminal,
  });
  if (!isTerminal) {
    yield* lines;
    return;
  }
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const ready: string[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  const flush = (): void => {
    if (waiting.length > 0) ready.push(waiting.join('\n'));
    waiting = [];
    wake();
  };
  lines.on('line', (line) => {
    waiting.push(line);
    clearTimeout(timer);
    timer = setTimeout(flush, PASTE_MS);
  });
  lines.on('close', () => {
    ended = true;
    flush();
  });
  for (;;) {
    lines.prompt();
    while (ready.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
    const message = ready.shift();
    if (message === undefined) return;
    yield message;
  }
}
