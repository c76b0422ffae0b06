// The form page's own script: the language, the preview of the ticket, and the receipt that follows the ticket.
const LOOK_EVERY_MS = 2000;
const LOOKS = 60;
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

/** Asks how the ticket fares until it is delivered, and says so. */
async function follow({ dataset }: HTMLElement): Promise<void> {
  const { id, token, states = '{}' } = dataset;
  const state = one('#state');
  if (id === undefined || token === undefined || state === null) return;
  const words = JSON.parse(states) as Record<string, string>;
  for (let looks = 0; looks < LOOKS; looks++) {
    await new Promise((resolve) => setTimeout(resolve, looks === 0 ? 0 : LOOK_EVERY_MS));
    try {
      const response = await fetch(`/v1/conversations/${id}/ticket`, {
        headers: { authorization: `Bearer ${token}` },
        cache: 'no-store',
      });
      if (!response.ok) continue;
      const { ticket } = (await response.json()) as { ticket: { status: string; reference?: string } };
      const text = words[ticket.status] ?? '';
      if (state.textContent !== text) state.textContent = text;
      const number = one('.number code');
      if (ticket.reference !== undefined && number) number.textContent = ticket.reference;
      if (ticket.status !== 'pending') return;
    } catch {
      // No connection for a moment; the ticket is kept all the same.
      continue;
    }
  }
}
