// Reads the pack's redaction files for the tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RedactPackData, SpeechData } from '../../src/redact/pack';

const dir = join(__dirname, '../../rules');

function read<T>(file: string): T {
  return parse(readFileSync(join(dir, file), 'utf8')) as T;
}

/** The redaction data of the pack in rules/. */
export function redactData(): RedactPackData {
  return {
    shapes: read('redact-shapes.yaml'),
    names: read('redact-names.yaml'),
    harmless: read('redact-harmless.yaml'),
    carriers: read('redact-carriers.yaml'),
    speech: readdirSync(dir)
      .filter((file) => file.startsWith('redact-speech-'))
      .sort()
      .map((file) => read<SpeechData>(file)),
  };
}
