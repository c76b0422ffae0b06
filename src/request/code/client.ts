// Which HTTP library a snippet uses, and what that library does by itself.

import type { Join } from './join-address';
import type { Language } from './language';

export type Client =
  | 'fetch' | 'superagent' | 'axios' | 'got' | 'node-http' | 'requests' | 'httpx' | 'aiohttp' | 'urllib' | 'http.client' | 'php-curl' | 'guzzle' | 'laravel' | 'wordpress' | 'php-stream' | 'symfony'
  | 'go' | 'java-http' | 'okhttp' | 'spring' | 'urlconnection' | 'apache' | 'dotnet' | 'restsharp' | 'dotnet-web' | 'net-http' | 'httparty' | 'faraday' | 'rest-client' | 'powershell' | 'perl' | 'reqwest' | 'swift' | 'dart' | 'jquery' | 'unirest' | 'other'; // prettier-ignore

/** Signs in the words of the objects that made the request, the first that fits. */
const SIGNS: readonly (readonly [Client, RegExp])[] = [
  ['powershell', /\b(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr)\b/i],
  ['php-curl', /\bcurl_/],
  ['laravel', /\bHttp\b/],
  ['wordpress', /\bwp_(?:safe_)?remote_/],
  ['php-stream', /\bfile_get_contents\b|\bstream_context_create\b/],
  ['restsharp', /\bRestRequest\b|\bRestClient\b.*\bExecute/],
  ['dotnet', /\bHttpClient\b|\bHttpRequestMessage\b|SendAsync|GetAsync|PostAsync|GetStringAsync|AsJsonAsync|FromJsonAsync/],
  ['dotnet-web', /\bWebClient\b|\bHttpWebRequest\b|WebRequest\.Create/],
  ['urlconnection', /\bopenConnection\b|HttpURLConnection/],
  ['okhttp', /\bOkHttpClient\b|Request\.Builder|\bnewCall\b/],
  ['java-http', /\bHttpRequest\b/],
  ['spring', /\bRestTemplate\b|\bHttpEntity\b|\bexchange\b|\bgetFor(?:Object|Entity)\b|\bpostFor(?:Object|Entity)\b|\bWebClient\b|\bRestClient\b|\bretrieve\b/],
  ['apache', /\bHttpGet\b|\bHttpPost\b|\bHttpClients\b/],
  ['unirest', /\bUnirest\b/],
  ['httparty', /\bHTTParty\b/],
  ['faraday', /\bFaraday\b/],
  ['rest-client', /\bRestClient\b/],
  ['net-http', /\bNet\b|\bHTTP\b/],
  ['httpx', /\bhttpx\b/],
  ['aiohttp', /\baiohttp\b|\bClientSession\b/],
  ['requests', /\brequests\b|\bSession\b/],
  ['urllib', /\burlopen\b|\burllib\b/],
  ['http.client', /\bHTTPS?Connection\b/],
  ['superagent', /\bsuperagent\b/],
  ['axios', /\baxios\b/i],
  ['got', /\bgot\b|\bky\b/],
  ['jquery', /^\$\.|\bajax\b|\bjQuery\b/],
  ['fetch', /\bfetch\b|\bofetch\b|useFetch/],
  ['node-http', /\bhttps?\.(?:request|get)\b/],
]; // prettier-ignore

const BY_LANGUAGE: Readonly<Partial<Record<Language, Client>>> = {
  go: 'go',
  php: 'guzzle',
  ruby: 'net-http',
  perl: 'perl',
  rust: 'reqwest',
  swift: 'swift',
  dart: 'dart',
  python: 'requests',
  java: 'java-http',
  kotlin: 'okhttp',
  csharp: 'dotnet',
  powershell: 'powershell',
  vb: 'other',
  js: 'other',
};
const OF: Readonly<Partial<Record<Language, ReadonlySet<Client>>>> = {
  php: new Set<Client>(['php-curl', 'laravel', 'wordpress', 'php-stream', 'guzzle', 'symfony']),
  python: new Set<Client>(['httpx', 'aiohttp', 'requests', 'urllib', 'http.client']),
  js: new Set<Client>(['superagent', 'axios', 'got', 'jquery', 'fetch', 'node-http']),
  java: new Set<Client>(['urlconnection', 'okhttp', 'java-http', 'spring', 'apache', 'unirest']),
  kotlin: new Set<Client>(['urlconnection', 'okhttp', 'java-http', 'spring', 'apache']),
  csharp: new Set<Client>(['restsharp', 'dotnet-web', 'dotnet']),
  ruby: new Set<Client>(['httparty', 'faraday', 'rest-client', 'net-http']),
  powershell: new Set<Client>(['powershell']),
  go: new Set<Client>(),
  perl: new Set<Client>(),
};

/** The library, from the words of the objects involved. */
export function detectClient(words: string, language: Language): Client {
  const allowed = OF[language];
  for (const [client, re] of SIGNS) if ((allowed === undefined || allowed.has(client)) && re.test(words)) return client;
  return BY_LANGUAGE[language] ?? 'other';
}

/** Clients whose instances carry headers of their own: one that is not in view may add what the text does not show. */
export const HAS_DEFAULTS: ReadonlySet<Client> = new Set<Client>([
  'requests',
  'httpx',
  'aiohttp',
  'axios',
  'got',
  'guzzle',
  'symfony',
  'dotnet',
  'restsharp',
  'spring',
  'faraday',
  'httparty',
  'dotnet-web',
  'other',
  'reqwest',
  'dart',
  'unirest',
  'perl',
  'apache',
]);

/** How a relative address is joined to the base. */
export const JOINS: Readonly<Partial<Record<Client, Join>>> = {
  guzzle: 'resolve', symfony: 'resolve', dotnet: 'resolve', axios: 'join', httpx: 'slash', got: 'slash', laravel: 'slash', faraday: 'join', httparty: 'append', restsharp: 'join', spring: 'append', aiohttp: 'resolve',
}; // prettier-ignore
