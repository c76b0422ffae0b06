// The form page's own script: the language, the preview of the ticket, and the receipt that follows the ticket.
const FIRST_LOOK_MS = 1500;
/** Ever less often: a helpdesk that is away for long is not asked after every two seconds. */
const LATER = 1.15;
const SELDOM_MS = 30_000;
const BACK_AFTER_MS = 2000;

const one = <T extends HTMLElement>(selector: string): T | null => document.querySelector<T>(selector);

one<HTMLSelectElement>('#language')?.addEventListener('change', ({ target }) => {
  (target as HTMLSelectElement).form?.requestSubmit();
});

document.addEventListener('preticket:triage', () => {
  const preview = one<HTMLDetailsElement>('.preview');
  if (preview) preview.hidden = preview.querySelector('textarea')?.value === '';
});

const copy = one<HTMLButtonElement>('#copy');
if (copy) {
  const { textContent } = copy;
  copy.hidden = false;
  copy.addEventListener('click', () => {
    const draft = one<HTMLTextAreaElement>('#draft');
    if (draft === null) return;
    draft.select();
    navigator.clipboard
      .writeText(draft.value)
      .then(() => {
        copy.textContent = copy.dataset['copied'] ?? '';
        setTimeout(() => (copy.textContent = textContent), BACK_AFTER_MS);
      })
      // Without the right to it the text is selected, ready for the keyboard.
      .catch(() => draft.focus());
  });
}

const receipt = one('.receipt');
if (receipt) {
  // A reload shows the form again and sends nothing twice.
  history.replaceState(null, '', location.href);
  one('#receipt')?.focus();
  void follow(receipt);
}

/** Asks how the ticket fares until it is delivered, and says so; one that failed can be sent again. */
async function follow(section: HTMLElement): Promise<void> {
  const { id, token, states = '{}' } = section.dataset;
  const [state, title, again] = [one('#state'), one('#receipt'), one<HTMLButtonElement>('#send-again')];
  if (id === undefined || token === undefined || state === null || title === null || again === null) return;
  const words = JSON.parse(states) as Record<string, readonly [string, string]>;
  const call = (method: string): Promise<Response> =>
    fetch(`/v1/conversations/${id}/ticket`, {
      method,
      // The same press counts once, however often the network repeats it.
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
      cache: 'no-store',
    });
  const show = ({ status, reference }: { readonly status: string; readonly reference?: string }): void => {
    const [heading = '', text = ''] = words[status] ?? [];
    // Said once: a status speaks whenever its text is set.
    if (state.textContent !== text) state.textContent = text;
    title.textContent = heading;
    section.classList.toggle('is-failed', status === 'failed');
    again.hidden = status !== 'failed';
    const number = one('.number code');
    if (reference !== undefined && number) number.textContent = reference;
  };
  again.addEventListener('click', () => {
    again.disabled = true;
    void call('POST')
      .then(() => watch())
      .catch(() => undefined)
      .finally(() => (again.disabled = false));
  });

  async function watch(): Promise<void> {
    for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * LATER, SELDOM_MS)) {
      try {
        const response = await call('GET');
        if (response.ok) {
          const { ticket } = (await response.json()) as { ticket: { status: string; reference?: string } };
          show(ticket);
          if (ticket.status !== 'pending') return;
        } else if (response.status === 404) return;
      } catch {
        // No connection for a moment; the ticket is kept all the same.
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  await watch();
}
