// The message box: what is typed, files that go along, and what is removed of it before it is sent.
import { asFailure, wordsOf } from './failure';
import { MOST_BYTES, type TakenFile, takeFile } from './files';
import { isLong } from '../redact/long';
import { button, icon, iconButton, make, scrollable } from './dom';
import { CLIP, CROSS, SHIELD } from './drawings';
import type { Parts } from './parts';
import type { Cleaned, Redaction, Removed } from './redaction';

export interface ComposerHost {
  readonly send: (text: string, redacted: boolean, names: readonly string[]) => void;
}

const LOOK_AFTER_MS = 250;
const MOST_ROWS = 8;
const MOST_LISTED = 12;
const SEND = 'M10 16V4m0 0L5 9m5-5 5 5';

export class Composer {
  readonly element = make('div', 'composer');
  readonly box = make('textarea');
  private readonly picker = make('input');
  private readonly chips = make('ul', 'chips');
  private readonly fileNote = make('p', 'file-note');
  private readonly removal = make('details', 'removal');
  private readonly busy = make('p', 'file-note');
  private files: TakenFile[] = [];
  private timer = 0;
  private told = 0;
  private looks = 0;
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: Parts,
    private readonly redaction: Redaction,
    private readonly host: ComposerHost,
  ) {
    const { say } = parts;
    const { element, box, picker } = this;
    box.id = 'message';
    box.rows = 1;
    box.placeholder = say('placeholder');
    box.ariaLabel = say('label');
    box.setAttribute('aria-describedby', 'privacy');
    box.autocomplete = 'off';
    box.enterKeyHint = 'send';
    box.dir = 'auto';
    picker.type = 'file';
    picker.multiple = true;
    picker.hidden = true;
    const attach = iconButton(CLIP, say('attach'), 'round', () => picker.click());
    const send = iconButton(SEND, say('send'), 'send', () => this.submit());
    this.chips.hidden = this.fileNote.hidden = this.removal.hidden = this.busy.hidden = true;
    element.append(this.busy, this.removal, this.chips, this.fileNote, make('div', 'line', attach, box, send), picker);
    this.busy.append(say('looking'));
    this.listen();
  }

  private listen(): void {
    const { box, picker } = this;
    box.addEventListener('focus', () => void this.redaction.load(), { once: true });
    box.addEventListener('input', () => this.changed());
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    box.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void this.take(files);
    });
    picker.addEventListener('change', () => {
      void this.take([...(picker.files ?? [])]);
      picker.value = '';
    });
  }

  /** Files that were dropped, pasted or chosen. */
  async take(files: readonly File[]): Promise<void> {
    void this.redaction.load();
    for (const file of files) {
      const used = this.files.reduce((sum, { text = '' }) => sum + text.length, 0);
      this.files.push(await takeFile(file, Math.max(0, MOST_BYTES - used)));
    }
    this.showFiles();
    this.changed();
    this.focus();
  }

  private showFiles(): void {
    const { say, rich } = this.parts;
    this.chips.hidden = this.files.length === 0;
    this.chips.replaceChildren(
      ...this.files.map((file) => {
        const state = say(file.text === undefined ? 'fileNamed' : file.isCut ? 'fileCut' : 'fileRead');
        const remove = iconButton(CROSS, say('fileRemove', { name: file.name }), 'round cross', () => {
          this.files = this.files.filter((other) => other !== file);
          this.showFiles();
          this.changed();
          this.focus();
        });
        const words = make('span', '', make('bdi', 'name', rich(file.name)), make('span', 'small', state));
        return make('li', file.text === undefined ? 'chip-file is-named' : 'chip-file', icon(CLIP), words, remove);
      }),
    );
    const isNamed = this.files.some(({ text }) => text === undefined);
    this.fileNote.hidden = !isNamed;
    const note = isNamed ? say('fileUnread') : '';
    if (note !== '' && this.fileNote.textContent !== note) this.parts.tell(note);
    this.fileNote.textContent = note;
  }

  private get whole(): string {
    const parts = this.files.flatMap(({ name, text }) => (text === undefined ? [] : [`${name}:\n${text.trimEnd()}`]));
    return [this.box.value.trim() === '' ? '' : this.box.value, ...parts].filter((part) => part !== '').join('\n\n');
  }

  private changed(): void {
    const { box } = this;
    // As many rows as the text takes at this width.
    box.rows = 1;
    const { clientHeight, scrollHeight } = box;
    box.rows = Math.min(
      MOST_ROWS,
      1 + Math.ceil((scrollHeight - clientHeight) / parseFloat(getComputedStyle(box).lineHeight)) || 1,
    );
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), LOOK_AFTER_MS);
  }

  /** A long text takes a while, which is shown. */
  private async clean(raw: string): Promise<Cleaned> {
    this.busy.hidden = !isLong(raw);
    const cleaned = await this.redaction.clean(raw);
    this.busy.hidden = true;
    return cleaned;
  }

  /** Shows what would be removed of what stands there now. */
  private async look(): Promise<void> {
    const { whole } = this;
    const look = ++this.looks;
    const cleaned = await this.clean(whole);
    // A later look knows better.
    if (look === this.looks) this.showRemoval(whole, cleaned);
  }

  private showRemoval(raw: string, { text, removed }: Cleaned): void {
    const { say, rich, tell } = this.parts;
    const { removal } = this;
    removal.hidden = removed.length === 0;
    if (removed.length === 0) {
      removal.open = false;
      this.told = 0;
      return;
    }
    const count = removed.length;
    const words = say(count > 1 ? 'removed' : 'removedOne', { count });
    if (count !== this.told) tell(words);
    this.told = count;
    const rows = removed.slice(0, MOST_LISTED).map((one) => this.removedRow(raw, one, removed));
    const sent = scrollable(make('pre', '', rich(text)), say('sentSo'));
    sent.dir = 'auto';
    removal.replaceChildren(
      make('summary', '', icon(`${SHIELD}M7 10l2.2 2.2L13 8`), make('span', '', words)),
      make('ul', '', ...rows),
      make('p', 'small', say('sentSo')),
      sent,
    );
  }

  private removedRow(raw: string, one: Removed, removed: readonly Removed[]): HTMLElement {
    const { say, texts, tell } = this.parts;
    const kind = texts.kinds[one.kind] ?? texts.kinds['other'] ?? one.kind;
    const result = make('span', 'small');
    const ask = button(say('notSecret'), 'link', () => {
      ask.disabled = true;
      this.redaction.ask(raw, one, removed).then(
        (mayStay) => {
          result.textContent = say(mayStay ? 'mayStay' : 'staysRemoved');
          tell(result.textContent);
          if (mayStay) void this.look();
        },
        (error: unknown) => {
          ask.disabled = false;
          result.textContent = wordsOf(asFailure(error), say);
        },
      );
    });
    const shown = make('code', '', `${raw.slice(one.start, Math.min(one.start + 2, one.end))}•••`);
    return make('li', '', make('strong', '', kind), shown, ask, result);
  }

  focus(): void {
    this.box.focus({ preventScroll: true });
  }

  /** Puts back a text that could not be sent. */
  put(text: string): void {
    if (this.box.value === '') this.box.value = text;
    this.changed();
  }

  private submit(): void {
    const { whole } = this;
    const names = this.files.filter(({ text }) => text === undefined).map(({ name }) => name);
    if (whole === '' && names.length === 0) return;
    this.empty();
    // One after the other, so that a long text is not overtaken.
    this.sending = this.sending.then(async () => {
      const { text, redacted } = await this.clean(whole);
      this.host.send(text, redacted, names);
    });
  }

  empty(): void {
    this.box.value = '';
    this.files = [];
    this.looks++;
    this.showFiles();
    this.showRemoval('', { text: '', removed: [], redacted: true });
    this.changed();
  }
}
