// Property tests draw the same cases on every run, so that a change alone can make them fail; FUZZ=1 draws new ones.
import fc from 'fast-check';

if (process.env['FUZZ'] === undefined) fc.configureGlobal({ seed: 20260526 });
