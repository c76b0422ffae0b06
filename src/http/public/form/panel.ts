// The card below the message: how complete the ticket is, the likely cause and what to try first. It says changes once, quietly.
import { fill, make, paragraph } from './elements';
import type { FormTexts, Triage } from './service';
import { makeHost } from './style';

export class Panel {
  private readonly host: HTMLElement;
  private readonly card = make('div', 'card');
  private readonly status = make('p', 'off');
  /** Speaks for itself, so that what else is said does not take its place. */
  private readonly warning = make('p', 'off');
  private shown = '';

  constructor(private readonly place: () => Element | undefined) {
    const { host, root } = makeHost('preticket-panel');
    this.host = host;
    this.card.hidden = true;
    for (const region of [this.status, this.warning]) region.setAttribute('role', 'status');
    root.append(this.card, this.status, this.warning);
  }

  /** A region that speaks must be there before it has anything to say. */
  attach(): void {
    const place = this.place();
    if (place && !this.host.isConnected) place.after(this.host);
  }

  say(text: string): void {
    this.attach();
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** Says what will be removed; empty: nothing. */
  warn(text: string): void {
    this.attach();
    if (this.warning.textContent !== text) this.warning.textContent = text;
  }

  /** `also`: what would help and has no control of its own in this form. */
  show(triage: Triage | undefined, texts: FormTexts, also: string | undefined): void {
    this.attach();
    const known = Object.entries(triage?.fields ?? {}).filter(
      ([key, value]) => key !== 'attachments' && value !== null,
    );
    const key = JSON.stringify([known.length, triage?.missing, triage?.cause, triage?.fixes, also]);
    if (key === this.shown) return;
    this.shown = key;
    // A message that says nothing of the matter yet gets no card.
    this.card.hidden = triage === undefined || (known.length === 0 && triage.cause === null);
    if (triage === undefined || this.card.hidden) return;
    this.host.lang = texts.language;
    const open = this.card.querySelector('details')?.open === true;
    this.card.replaceChildren(
      this.completeness(known.length, triage.missing, texts, also),
      ...this.verdict(triage, texts, open),
    );
  }

  private completeness(
    done: number,
    missing: readonly string[],
    texts: FormTexts,
    also: string | undefined,
  ): HTMLElement {
    const { form, fields } = texts;
    const all = done + missing.length;
    const title = missing.length === 0 ? form['complete'] : form['completeness'];
    const count = fill(form['count'] ?? '', { done, all });
    const bar = make('div', 'bar', make('i'));
    (bar.firstChild as HTMLElement).style.width = `${(100 * done) / Math.max(1, all)}%`;
    for (const [name, value] of Object.entries({
      role: 'progressbar',
      'aria-label': title ?? '',
      'aria-valuemin': '0',
      'aria-valuemax': String(all),
      'aria-valuenow': String(done),
      'aria-valuetext': count,
    }))
      bar.setAttribute(name, value);
    const head = make('div', 'head', make('p', 'count', make('span', '', title ?? ''), make('span', '', count)), bar);
    if (missing.length === 0) head.classList.add('full');
    if (also !== undefined)
      head.append(paragraph(fill(form['also'] ?? '', { question: fields[also]?.question ?? '' }), []));
    return head;
  }

  private verdict(triage: Triage, texts: FormTexts, open: boolean): HTMLElement[] {
    const { form, hosts } = texts;
    const cause = triage.causes.find(({ id }) => id === triage.cause);
    if (cause === undefined) return [];
    const box = make('div', 'verdict', make('small', '', form['likely'] ?? ''), make('strong', '', cause.title));
    const [first, ...more] = triage.fixes;
    if (first !== undefined) box.append(paragraph(fill(form['first'] ?? '', { fix: first }), hosts));
    if (more.length > 0) {
      const steps = make('ol', '', ...more.map((fix) => make('li', '', paragraph(fix, hosts))));
      (steps as HTMLOListElement).start = 2;
      const details = make('details', '', make('summary', '', form['steps'] ?? ''), steps) as HTMLDetailsElement;
      details.open = open;
      box.append(details);
    }
    return [box];
  }
}
