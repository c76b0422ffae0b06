// Replies in every dress: status lines, envelopes, exceptions, dumps, logs; and errors of the client itself.
import { findReplies } from '../../src/request/responses';

const names = { code: 'code', message: 'msg' };

test.each<[string, string, number | null, string | null, string | null]>([
  ['JSON', '{"code":401,"msg":"denied"}', null, '401', 'denied'],
  ['status line and JSON', 'HTTP/1.1 401 Unauthorized\r\nA: b\r\n\r\n{"code":401,"msg":"x"}', 401, '401', 'x'],
  [
    'escaped JSON',
    '"{\\"code\\":400,\\"msg\\":\\"Request parameter error\\"}"',
    null,
    '400',
    'Request parameter error',
  ],
  ['entities', '{&quot;code&quot;:0,&quot;msg&quot;:&quot;success&quot;}', null, '0', 'success'],
  ['JavaScript console', "401 { code: 401, msg: 'no' }", 401, '401', 'no'],
  ['Python', "{'code': 403, 'msg': 'ip'}", null, '403', 'ip'],
  ['print_r', 'stdClass Object\n(\n    [code] => 401\n    [msg] => invalid user\n)', null, '401', 'invalid user'],
  ['var_dump', 'array(2) {\n  ["code"]=>\n  int(401)\n  ["msg"]=>\n  string(2) "no"\n}', null, '401', 'no'],
  ['serialised', 'a:2:{s:4:"code";i:401;s:3:"msg";s:2:"no";}', null, '401', 'no'],
  ['PHP array', '["code" => 401, "msg" => "auth error"]', null, '401', 'auth error'],
  ['logfmt', 'http=200 code=400 msg=Request parameter error', 200, '400', 'Request parameter error'],
  ['message first', '{"msg":"no","code":401}', null, '401', 'no'],
  ['arrow', '-> 403 {"code":403,"msg":"x"}', 403, '403', 'x'],
  ['axios', 'AxiosError: Request failed with status code 401', 401, null, null],
  ['requests', '401 Client Error: Unauthorized for url: https://h/', 401, null, null],
  ['Guzzle', 'resulted in a `401 Unauthorized` response:', 401, null, null],
  ['Java', 'Server returned HTTP response code: 403 for URL: https://h/', 403, null, null],
  ['.NET', 'Response status code does not indicate success: 401 (Unauthorized).', 401, null, null],
  ['Go', 'resp.Status = "401 Unauthorized"', 401, null, null],
  ['access log', '"GET /v2/ HTTP/1.1" 404 153', 404, null, null],
  ['wget', 'ERROR 403: Forbidden.', 403, null, null],
  ['Ruby', '# res.code => "401"', 401, null, null],
  ['body', "status=401 body='x'", 401, null, null],
])('%s', (_name, text, status, code, message) => {
  const replies = findReplies(text, names).filter((r) => !r.client);
  expect(replies).toHaveLength(1);
  expect(replies[0]).toMatchObject({ status, code, message });
});

test.each([
  ['curl: (28) Operation timed out', 'timeout'],
  ['cURL error 60: SSL certificate problem', 'tls'],
  ['Error: getaddrinfo ENOTFOUND api.example', 'dns'],
  ['connect ECONNREFUSED 192.0.2.1:443', 'refused'],
  ['java.net.SocketTimeoutException: Read timed out', 'timeout'],
  ['x509: certificate signed by unknown authority', 'tls'],
  ["System.FormatException: The format of value 'x' is invalid.", 'header'],
])('%s is the client’s own', (text, kind) => {
  const client = findReplies(text, names).filter((r) => r.client);
  expect(client[0]?.clientKind).toBe(kind);
});

test.each(['exit code 1', 'port 443', '200 domains due', 'it costs 401 dollars', 'clarifyTimeoutError: false'])(
  '%s is no reply',
  (text) => {
    expect(findReplies(text, names)).toEqual([]);
  },
);
