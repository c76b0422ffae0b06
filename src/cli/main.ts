#!/usr/bin/env node
// The command line: parses arguments, runs one command, turns errors into one clear line and an exit status.
import { Command, CommanderError } from 'commander';
import { PreticketError } from '../errors';
import { programVersion } from '../version';

/** A person who closes the pipe early has seen enough; a full disk is a failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  const why = error.code === 'ENOSPC' ? 'no space left' : (error.code ?? 'unknown error');
  fail(new PreticketError('OUTPUT_UNWRITABLE', `standard output: cannot be written (${why})`, { cause: error }));
});

const program = new Command('preticket')
  .description(
    'The step before a support ticket: removes credentials, finds the cause, asks for what is missing, drafts the ticket.',
  )
  .version(programVersion())
  .option('--verbose', 'show where an error came from')
  .exitOverride()
  // One line as of every other error; the library's own has up to three.
  .configureOutput({
    outputError(text, write) {
      const said = text
        .replace(/^error: /, '')
        .trim()
        .replace(/\s*\n\s*/g, ' ');
      write(`preticket: ${said}; preticket --help shows all commands\n`);
    },
  });

program
  .command('serve')
  .description('the server; settings come from the environment')
  .action(async () => {
    const { serveCommand } = await import('./serve.js');
    await serveCommand();
  });

program
  .command('chat')
  .description('a conversation in the terminal, with the engine and the store of the server')
  .option('--language <tag>', 'language of the replies; told from the text where left out')
  .action(async (options: { language?: string }) => {
    const { chatCommand } = await import('./chat.js');
    await chatCommand(options);
  });

program
  .command('triage')
  .description('read a message or log and report its cause, with evidence')
  .argument('[file...]', 'files to read; standard input where none is given or for -')
  .option('--json', 'print the triage result')
  .option('--jsonl', 'read JSON lines {"id","text"} and print one triage result a line')
  .option('--language <tag>', 'language of the reply; told from the text where left out')
  .action(async (files: string[], options: { json?: true; jsonl?: true; language?: string }) => {
    const { triageCommand } = await import('./triage.js');
    await triageCommand(files, options);
  });

program
  .command('redact')
  .description('print the text with every credential replaced')
  .argument('[file...]', 'files to read; standard input where none is given or for -')
  .option('--jsonl', 'read JSON lines {"id","text"} and print {"id","text","redactions"} a line')
  .action(async (files: string[], options: { jsonl?: true }) => {
    const { redactCommand } = await import('./redact.js');
    await redactCommand(files, options);
  });

program
  .command('export')
  .description('labelled, redacted conversations as JSON lines that `rules backtest` takes')
  .action(async () => {
    const { exportCommand } = await import('./export.js');
    await exportCommand();
  });

const rules = program.command('rules').description('check, explain and fit the pack');
rules
  .command('lint')
  .description('check every file of the pack')
  .option('--compile', 'keep the checked pack beside the program for a faster start')
  .action(async (options: { compile?: true }) => {
    const { lintCommand } = await import('./rules-lint.js');
    lintCommand(options);
  });
rules
  .command('test')
  .description('run every example in the pack')
  .action(async () => {
    const { testCommand } = await import('./rules-test.js');
    await testCommand();
  });
rules
  .command('explain')
  .description('show each rule that fires on a text and each that nearly does')
  .argument('<text...>', 'the text; - for standard input')
  .action(async (text: string[]) => {
    const { explainCommand } = await import('./rules-explain.js');
    await explainCommand(text.join(' '));
  });
rules
  .command('backtest')
  .description('verdicts of this pack over labelled items; with --against, every item whose verdict differs')
  .argument('<data>', 'JSONL file of labelled items')
  .option('--against <dir>', 'folder of another pack')
  .action(async (file: string, options: { against?: string }) => {
    const { backtestCommand } = await import('./rules-backtest.js');
    await backtestCommand(file, options);
  });
rules
  .command('fit')
  .description('fit weights to labelled items, cross-validated by their writer')
  .argument('<data...>', 'JSONL files of labelled items')
  .option('--write', 'write the fitted weights into the pack')
  .option('--errors <count>', 'list so many items that were judged wrongly', '0')
  .action(async (files: string[], options: { write?: true; errors: string }) => {
    const { fitCommand } = await import('./rules-fit.js');
    await fitCommand(files, options);
  });
rules
  .command('new')
  .description('scaffold a part of the pack, or a whole pack, that lints at once')
  .argument('<kind>', 'rule, cause, language, redaction or pack')
  .argument('<name>', 'CAUSE.NAME of a rule, id of a cause or credential, tag of a language, folder of a pack')
  .action(async (kind: string, name: string) => {
    const { newCommand } = await import('./rules-new.js');
    newCommand(kind, name);
  });

const helpdesk = program.command('helpdesk').description('the helpdesk that tickets go to');
helpdesk
  .command('check')
  .description('send a marked test ticket and say what happened; settings come from the environment')
  .action(async () => {
    const { helpdeskCheckCommand } = await import('./helpdesk-check.js');
    await helpdeskCheckCommand();
  });

program
  .command('store')
  .description('move what is kept')
  .command('copy')
  .description(
    'copy all conversations from one store to another, and check that they are there; goes on where it was broken off',
  )
  .argument('<from>', 'a folder (DATA_DIR) or an address of Redis (REDIS_URL)')
  .argument('<to>', 'the same; a folder is made where it is missing')
  .action(async (from: string, to: string) => {
    const { storeCopyCommand } = await import('./store-copy.js');
    await storeCopyCommand(from, to);
  });

/** Exit status of an error, and the line that says it. */
function fail(error: unknown): never {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  const verbose = program.opts<{ verbose?: true }>().verbose === true;
  const message = error instanceof Error ? error.message : 'unknown error';
  process.stderr.write(`preticket: ${message}\n`);
  if (verbose && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exit(error instanceof PreticketError ? error.exit : 1);
}

program.parseAsync().catch(fail);
