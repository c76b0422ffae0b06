// A style sheet as text, as bundle.mjs builds it in.
declare module '*.css' {
  const text: string;
  export default text;
}
