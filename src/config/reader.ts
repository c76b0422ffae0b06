// Reads single variables and collects what is wrong with them, by name and never by value.

export class Reader {
  readonly faults: string[] = [];

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  fault(name: string, what: string): void {
    this.faults.push(`${name} ${what}`);
  }

  /** The value as it stands; an empty one counts as unset. */
  raw(name: string): string | undefined {
    const value = this.environment[name];
    return value === undefined || value === '' ? undefined : value;
  }

  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value?.includes('\0')) this.fault(name, 'must not hold a NUL byte');
    return value;
  }

  whole(name: string, fallback: number, least: number, most: number, also = ''): number {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    this.fault(name, `must be a whole number from ${least} to ${most}${also}`);
    return fallback;
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) this.fault(name, `must be one of ${choices.join(', ')}`);
    return found ?? fallback;
  }

  matching(name: string, isGood: (value: string) => boolean, form: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || isGood(value)) return value;
    this.fault(name, `must be ${form}`);
    return undefined;
  }

  /** A web address without the slash at its end. */
  url(name: string, protocols: readonly string[]): string | undefined {
    return this.address(name, protocols)?.replace(/\/+$/, '');
  }

  /** A web address as it was written. */
  address(name: string, protocols: readonly string[]): string | undefined {
    const isGood = (value: string): boolean =>
      URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).hostname !== '';
    const schemes = protocols.map((protocol) => `${protocol}//`).join(' or ');
    return this.matching(name, isGood, `a whole address that begins with ${schemes}`);
  }

  secret(name: string, leastLength: number): string | undefined {
    return this.matching(
      name,
      (value) => value.length >= leastLength && !/[\r\n\0]/.test(value),
      `${leastLength} characters or more, on one line`,
    );
  }

  /** Parts between commas, trimmed, none of them empty. */
  list(name: string): readonly string[] | undefined {
    const parts = this.raw(name)
      ?.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return parts === undefined || parts.length === 0 ? undefined : parts;
  }

  /** Says which of these are missing though `because` wants them. */
  need(names: readonly string[], because: string): void {
    for (const name of names) if (this.raw(name) === undefined) this.fault(name, `is needed with ${because}`);
  }
}
