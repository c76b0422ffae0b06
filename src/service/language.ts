// Which of the pack's languages a client means.

/** By the whole tag or its first part; undefined where the pack does not speak it. */
export function spokenLanguage(languages: readonly string[], tag: string | undefined): string | undefined {
  if (tag === undefined) return undefined;
  const wanted = tag.toLowerCase();
  return (
    languages.find((language) => language === wanted) ?? languages.find((language) => language === wanted.split('-')[0])
  );
}
