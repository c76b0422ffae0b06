// What every part of the chat's view is given.
import type { ChatTexts, Say } from './texts';

export interface Parts {
  readonly texts: ChatTexts;
  readonly say: Say;
  /** Text as nodes: removed credentials as marks, official addresses as links. */
  readonly rich: (text: string) => DocumentFragment;
  /** For those who listen only. */
  readonly tell: (text: string) => void;
}
