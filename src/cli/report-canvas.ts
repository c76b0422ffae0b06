// Lines of a report under construction: headings, wrapped items, bars. Knows widths and colours, no contents.
import pc from 'picocolors';
import { displayWidth, wrapText } from './report-width';

export const MARGIN = '  ';
const LEAST_COLUMNS = 60;
const MOST_COLUMNS = 120;

export type Style = (words: string) => string;

/** Collects lines; `width` is bounded to 60 to 120 columns. */
export class Canvas {
  readonly paint: ReturnType<typeof pc.createColors>;
  readonly width: number;
  private readonly lines: string[] = [];

  constructor(options: { readonly color: boolean; readonly width: number }) {
    this.paint = pc.createColors(options.color);
    this.width = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, Math.floor(options.width) || LEAST_COLUMNS));
  }

  /** Columns between the margin and the right edge. */
  get room(): number {
    return this.width - MARGIN.length;
  }

  heading(title: string): void {
    if (this.lines.length > 0) this.lines.push('');
    const rule = '─'.repeat(Math.max(3, this.width - displayWidth(title) - 4));
    this.lines.push(`${this.paint.dim('──')} ${this.paint.bold(title)} ${this.paint.dim(rule)}`);
  }

  /** A finished line after the margin; an empty one stays empty. */
  line(text: string): void {
    this.lines.push(`${MARGIN}${text}`.trimEnd());
  }

  /** A line as it is, without margin, for what is copied whole. */
  bare(text: string): void {
    this.lines.push(text);
  }

  /** Wrapped text after `lead`, whose `columns` (without colour codes) further lines are indented by. */
  item(lead: string, columns: number, text: string, style: Style = (words) => words): void {
    wrapText(text, this.room - columns).forEach((words, i) =>
      this.line(`${i === 0 ? lead : ' '.repeat(columns)}${style(words)}`),
    );
  }

  /** A bar of `size` columns and the percentage. */
  bar(probability: number, size: number): string {
    const full = Math.min(size, Math.max(0, Math.round(probability * size)));
    const percent = `${Math.min(99, Math.round(probability * 100))} %`.padStart(5);
    return `${this.paint.cyan('█'.repeat(full))}${this.paint.dim('░'.repeat(size - full))} ${percent}`;
  }

  /** All lines; ends with a line end. */
  text(): string {
    return `${this.lines.join('\n')}\n`;
  }
}
