// The words that the loader brings along; the server fills them in from the pack.

export interface LauncherWords {
  /** Heading of the chat where the element names none. */
  readonly title: string;
  /** Name of the button; `{title}` stands for the heading. */
  readonly open: string;
}

export interface LauncherBook {
  readonly fallback: string;
  /** By language tag. */
  readonly words: Readonly<Record<string, LauncherWords>>;
}
