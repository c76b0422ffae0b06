// Errors of HTTP clients themselves: nothing came back. The identifiers are those of the libraries and of libcurl's table.

export type ClientErrorKind = 'timeout' | 'dns' | 'refused' | 'reset' | 'tls' | 'proxy' | 'header' | 'url';

export interface ClientError {
  readonly start: number;
  readonly end: number;
  readonly kind: ClientErrorKind;
}

/** libcurl error numbers, https://curl.se/libcurl/c/libcurl-errors.html */
const CURL: Readonly<Record<string, ClientErrorKind>> = {
  '1': 'url', '3': 'url', '5': 'proxy', '6': 'dns', '7': 'refused', '28': 'timeout', '35': 'tls', '51': 'tls', '52': 'reset',
  '53': 'tls', '55': 'reset', '56': 'reset', '58': 'tls', '59': 'tls', '60': 'tls', '66': 'tls', '77': 'tls', '83': 'tls', '91': 'tls', '97': 'proxy',
}; // prettier-ignore

const CURL_NUMBER =
  /(?:curl: \(|cURL error |CURLE? ?error:? ?\(?|curl_errno[^\n\d]{0,20}|errno[\])"']*\s?(?:=>|[:=])\s?(?:int\()?)(\d{1,2})\b/gi;

/** Longer names first where one holds another. */
const NAMED: readonly (readonly [ClientErrorKind, RegExp])[] = [
  ['dns', /\b(?:ENOTFOUND|EAI_AGAIN|EAI_NONAME)\b|Could not resolve (?:host|proxy)|getaddrinfo(?: failed)?|Name or service not known|Temporary failure in name resolution|nodename nor servname|UnknownHostException|No such host is known|no such host|NXDOMAIN|NameResolutionError|php_network_getaddresses|Failed to resolve|SocketError/],
  ['timeout', /\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)\b|(?:Read|Connect|Write|Pool)Timeout(?:Error)?\b|SocketTimeoutException|HttpTimeoutException|ConnectTimeoutException|Net::(?:Open|Read|Write)Timeout|context deadline exceeded|i\/o timeout|[Oo]peration timed out|Connection timed out|The request was canceled due to the configured HttpClient\.Timeout|timeout of \d+ ?ms exceeded|\bTimeoutError/],
  ['refused', /\bECONNREFUSED\b|Connection refused|actively refused|Failed to connect to|EHOSTUNREACH|ENETUNREACH|No route to host|Network is unreachable|NewConnectionError/],
  ['reset', /\bECONNRESET\b|Connection reset by peer|Empty reply from server|RemoteDisconnected|socket hang up|UND_ERR_SOCKET|unexpected EOF|Connection aborted/],
  ['tls', /\b(?:CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|ERR_TLS_[A-Z_]+|EPROTO|CERTIFICATE_VERIFY_FAILED|SSLV3_ALERT[A-Z_]*)\b|SSLError|SSLHandshakeException|SSLException|PKIX path building failed|certificate verify failed|SSL certificate problem|unable to get local issuer certificate|x509: certificate|tls: (?:failed|handshake|first record)|TLS handshake (?:error|timeout|failed)|OpenSSL::SSL::SSLError|AuthenticationException: The remote certificate|SSL_ERROR_\w+|wrong version number/],
  ['proxy', /\bProxyError\b|ERR_PROXY_[A-Z_]+|Tunnel connection failed|CONNECT tunnel failed|Received HTTP code \d+ from proxy/],
  ['header', /\bInvalidHeader\b|FormatException: The format of value|ERR_INVALID_CHAR|Invalid (?:header value|character in header content)|invalid header field value|Header may not contain more than a single header|IllegalArgumentException: invalid header|LocalProtocolError/],
  ['url', /\b(?:MissingSchema|InvalidSchema|InvalidURL|UnsupportedProtocol|ERR_INVALID_URL|MalformedURLException|UriFormatException)\b|unsupported protocol scheme|URL using bad\/illegal format/],
]; // prettier-ignore

const ANY = new RegExp(NAMED.map(([, re]) => `(${re.source})`).join('|'), 'g');

/** Finds the client's own errors in order; neighbours of one kind within a few lines are one. */
export function findClientErrors(text: string): ClientError[] {
  const out: ClientError[] = [];
  CURL_NUMBER.lastIndex = 0;
  for (let m = CURL_NUMBER.exec(text); m !== null; m = CURL_NUMBER.exec(text)) {
    const kind = CURL[m[1] ?? ''];
    if (kind !== undefined) out.push({ start: m.index, end: m.index + m[0].length, kind });
  }
  ANY.lastIndex = 0;
  for (let m = ANY.exec(text); m !== null; m = ANY.exec(text)) {
    const which = m.findIndex((g, i) => i > 0 && g !== undefined) - 1;
    const kind = NAMED[which]?.[0];
    if (kind !== undefined) out.push({ start: m.index, end: m.index + m[0].length, kind });
  }
  out.sort((a, b) => a.start - b.start);
  return out.filter(
    (c, i) => !out.slice(Math.max(0, i - 3), i).some((p) => p.kind === c.kind && c.start - p.end < 200),
  );
}
