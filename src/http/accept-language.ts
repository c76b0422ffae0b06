// Which language a page speaks: what its address says, else what the browser prefers, else the pack's own.

/** BCP 47 tag. */
export type Language = string;

/** `wanted`: `?lang=`; `header`: Accept-Language (RFC 9110 §12.5.4). */
export function chooseLanguage(
  languages: readonly Language[],
  fallback: Language,
  wanted: string | undefined,
  header: string | undefined,
): Language {
  const preferred = (header ?? '')
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const q = parameters.map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(parameter)?.[1]).find((value) => value);
      return { tag: tag.trim(), q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag);
  for (const tag of wanted === undefined ? preferred : [wanted, ...preferred]) {
    const lower = tag.toLowerCase();
    const known =
      languages.find((language) => language.toLowerCase() === lower) ??
      languages.find((language) => language.toLowerCase() === lower.split('-')[0]);
    if (known !== undefined) return known;
  }
  return fallback;
}
