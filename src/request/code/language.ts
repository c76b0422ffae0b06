// Which programming language a snippet is in, as far as reading its strings and comments needs it.

export type Language =
  | 'php'
  | 'python'
  | 'js'
  | 'java'
  | 'kotlin'
  | 'go'
  | 'csharp'
  | 'ruby'
  | 'perl'
  | 'powershell'
  | 'rust'
  | 'swift'
  | 'dart'
  | 'vb';

const SIGNS: readonly (readonly [Language, number, RegExp])[] = [
  ['php', 5, /<\?php|\bcurl_(?:init|setopt|exec)|\$this->|CURLOPT_|\bhttp_build_query\b|GuzzleHttp|\bHttp::|\bnew \\?(?:GuzzleHttp\\)?Client\(|\bWp_remote_|wp_remote_/],
  ['php', 3, /\$\w{1,40}\s{0,4}=[^=~>]|\$\w{1,40}->\w|\barray\s*\(/],
  ['php', 2, /=>\s*\[|::class/],
  ['python', 5, /\bimport (?:requests|httpx|urllib|aiohttp|os|json|http\.client|base64)\b|\brequests\.(?:get|post|put|request|Session)\b|\bhttpx\.|\burllib\.request\b|^>>> |\baiohttp\b|os\.environ|os\.getenv/m],
  ['python', 4, /^import \w[\w., ]*$|^from [\w.]+ import [\w., ()*]+$|\bhttp\.client\.|\bHTTPSConnection\(/m],
  ['python', 3, /^[ \t]*(?:async )?(?:def |with |class \w+(?:\([\w.]*\))?:|from \w[\w.]* import|elif |print\()/m],
  ['python', 2, /\bf"|\bf'|\bNone\b|\bTrue\b|\bself\./],
  ['js', 5, /\b(?:await )?fetch\(|\baxios\b|\brequire\(['"]|\bprocess\.env\b|\bJSON\.stringify\b|\bBuffer\.from\b|\bURLSearchParams\b|\bgot(?:\.\w+)?\(|https?\.(?:request|get)\(\{?|\bXMLHttpRequest\b|\bsuperagent\b|\$\.(?:ajax|getJSON)\(|\bneedle\(/],
  ['js', 3, /\b(?:const|let|var)\s*[{[]|\bimport\b[^\n;]{0,80}\bfrom\s+['"]|\bcy\.request|\bpm\.sendRequest|\bUrlFetchApp\b|\bthis\.http(?:Service)?\.|\b(?:const|let) \w+\s*=|=>\s*\{|\$\{\w|\bexport (?:default|async|const|function)\b/],
  ['java', 5, /\bHttpRequest\.newBuilder|\bHttpURLConnection\b|\bOkHttpClient\b|\bRestTemplate\b|\bnew Request\.Builder|\bHttpHeaders \w+|\bSystem\.out|\bWebClient\b|\bHttpGet \w+|\bURI\.create\b|\bHttpEntity</],
  ['java', 4, /\bUnirest\.|\bHttpResponse<|\bgiven\(\)|\bJsoup\.connect|\bClientBuilder\.|\bFeign\w*|\bRequest\.get\("|\bnew Authenticator\(/],
  ['java', 4, /@(?:Bean|Autowired|Service|Component|Configuration|PostConstruct)\b|\b[A-Z]\w*\.class\b/],
  ['java', 3, /\bString \w+\s*=|\bpublic (?:static |final )*(?:void|String|class)\b|\bfinal \w+|@Value\b|@Override/],
  ['kotlin', 6, /\bval \w+(?:: \w+)? = |\bfun \w+\(|\blistOf\(|\bmapOf\(/],
  ['go', 2, /\bfunc \w*\(.*\).*\{/],
  ['go', 6, /\bhttp\.NewRequest|\bfmt\.|\burl\.Values\{|\breq\.Header\.(?:Set|Add)|\bos\.Getenv|\bhttp\.(?:Get|Post|Client)\b|\bpackage main\b/],
  ['go', 3, /\b\w{1,40}(?:, \w{1,40})? := /],
  ['csharp', 6, /\bHttpClient\b|\bHttpRequestMessage\b|\bDefaultRequestHeaders\b|\bRestRequest\b|\bRestClient\(|\bWebRequest\.Create|\bTryAddWithoutValidation\b|\bStringContent\b|\bEnvironment\.GetEnvironmentVariable/],
  ['csharp', 4, /\.With(?:Header|BasicAuth|OAuthBearerToken)\(|\bSetQueryParams?\(|\.GetJsonAsync\b|\bQueryHelpers\.|\bnew WebClient\(\)/],
  ['csharp', 3, /\bvar \w+ = new \w|\$"|\busing (?:var|System)\b|\bstring \w+ = /],
  ['ruby', 6, /\bNet::HTTP\b|\bHTTParty\b|\bFaraday\b|\bRestClient(?:\.|::)|\bENV\[|\bENV\.fetch|\bURI\.encode_www_form\b|\bURI\(|\bBase64\.(?:strict_)?encode64\b|\brequire ['"]/],
  ['ruby', 5, /\bTyphoeus\b|\bExcon\b|\bHTTP\.(?:headers|basic_auth|auth|get|with)\b|\bHTTPX\.|\bURI\.open\b|\bCurl\.get\b/],
  ['ruby', 2, /^[ \t]*(?:def \w|end\b|puts )|do \|\w+\|/m],
  ['perl', 6, /\bLWP::UserAgent\b|\bHTTP::(?:Request|Tiny)\b|\bmy \$\w+\s*=|\buse strict\b|\bmy \(\$|\bMIME::Base64\b|\$ENV\{/],
  ['powershell', 7, /\b(?:Invoke-(?:RestMethod|WebRequest)|New-Object|ConvertTo-Json|Write-(?:Host|Output))\b|\$env:\w|@\{|\birm\b .*-|\[Convert\]::|\[System\.Convert\]::/i],
  ['rust', 6, /\breqwest\b|\blet mut \w+|\.unwrap\(\)|\bstd::env\b|\bfn \w+\(/],
  ['swift', 6, /\bURLRequest\b|\bURLSession\b|\blet \w+ = URL\(|forHTTPHeaderField|\bAlamofire\b|\bAF\.request/],
  ['swift', 4, /\bURLComponents\b|\bURLQueryItem\b|\btry await\b|\bguard let\b|\bfunc \w+\([^)\n]*\)[^\n{]*(?:throws|->)/],
  ['dart', 6, /\bhttp\.get\(Uri\.|\bUri\.(?:parse|https)\(|package:http|\bDio\(/],
  ['dart', 5, /\bimport 'package:|\bFuture<[\w.<>]+> \w+\(|\bUri\.https?\(/],
  ['vb', 6, /\bDim \w+ As\b|\bSet \w+ = CreateObject|\bSub \w+\(|MSXML2|WinHttp/],
]; // prettier-ignore

/** The likeliest language, null where the text shows no sign of code. */
export function detectLanguage(text: string): Language | null {
  const score = new Map<Language, number>();
  for (const [language, weight, re] of SIGNS)
    if (re.test(text)) score.set(language, (score.get(language) ?? 0) + weight);
  let best: Language | null = null;
  let top = 2;
  for (const [language, n] of score) {
    if (n > top) {
      top = n;
      best = language;
    }
  }
  return best;
}
