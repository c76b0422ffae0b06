// Calls of the page on its own server. The browser adds the password that it was given; failures are names of words.

async function read<T>(request: Promise<Response>): Promise<T> {
  const response = await request.catch(() => {
    throw new Error('away');
  });
  if (response.status === 429) throw new Error('too-much');
  if (response.status === 404) throw new Error('retry-gone');
  if (!response.ok) throw new Error('not-done');
  return (await response.json()) as T;
}

export const load = <T>(path: string): Promise<T> => read<T>(fetch(path, { cache: 'no-store' }));

export const send = <T>(path: string, body: unknown = {}): Promise<T> =>
  read<T>(fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
