// What a name means in HTTP libraries: a method, option, property or named argument that takes headers, query, body, credentials, address.

import { slotName } from './things';

export type Slot =
  | 'headers'
  | 'query'
  | 'json'
  | 'form'
  | 'multipart'
  | 'body'
  | 'auth'
  | 'basic'
  | 'bearer'
  | 'method'
  | 'url'
  | 'base'
  | 'host'
  | 'path'
  | 'segment'
  | 'port'
  | 'scheme'
  | 'contentType'
  | 'options'
  | 'ignore';

const WORDS: Readonly<Record<Slot, string>> = {
  headers: 'headers header requestheaders requestheader requestproperty headerfield httpheaders httpheader allhttpheaderfields defaultheaders customheaders extraheaders additionalheaders common defaultrequestheaders httpadditionalheaders headerline headerlist reqheaders headersmap forhttpheaderfield valueforhttpheaderfield',
  query: 'query params param queryparam queryparams queryparameter queryparameters searchparams qs querystring urlparams urlquery rawquery queryitems percentencodedquery uriparams urlsearchparams encodedquery queryparamsmap queryvalues uriquery requestparams httpquery parametersget parameterget queryparamsmulti rawquerystring',
  json: 'json jsonbody jsoncontent postasjsonasync postjson putasjsonasync postjsonasync putjsonasync',
  form: 'form formparams formdata formurlencoded bodyform urlencoded postform setformdata posturlencodedasync',
  multipart: 'multipart attach files multipartform',
  body: 'body data content payload entity bodyvalue requestbody httpbody rawbody postfields copypostfields bodytext send write stringbody postdata bodycontent requestentity stringcontent getrequestbody senddata string bodystring',
  auth: 'auth credentials authentication authenticator credential',
  basic: 'basicauth userpwd setbasicauth withbasicauth basicauthentication authbasic authorizationbasic httpbasicauthentication userpassword digestauth withdigestauth basicauthorization usebasicauthentication setbasicauthcredentials basic authenticatewithbasic basicauthcredentials',
  bearer: 'bearerauth bearertoken bearer token oauth2bearer xoauth2bearer withtoken setbearerauth authtoken accesstoken withbearertoken',
  method: 'method customrequest httpmethod requestmethod type verb',
  url: 'url uri href requesturi requesturl uristring',
  base: 'baseurl baseuri baseaddress prefixurl urlprefix rooturi endpoint apiurl apibase rooturl',
  host: 'host hostname server',
  path: 'path pathname rawpath setpath encodedpath replacepath',
  segment: 'pathsegment pathsegments encodedpathsegment encodedpathsegments pathcomponent appendingpathcomponent appendpathcomponent appendpath appendingpath appendpathsegment appendpathsegments appendencodedpathsegments addpathsegment addpathsegments',
  port: 'port',
  scheme: 'protocol scheme ssl usessl',
  contentType: 'contenttype mimetype mediatype setcontenttype withcontenttype settype',
  options: 'options config opts requestoptions fetchoptions defaults setoptarray http https context init request req parameters',
  ignore: 'timeout verify proxy proxies allowredirects followredirects followredirect maxredirects signal agent httpsagent cookies cookie certs cert debug retry delay connecttimeout returntransfer useragent referer referrer accept redirect cache mode keepalive responsetype responseencoding httperrors sslverifypeer sslverifyhost ua encoding decode charset proxyuserpwd proxyauth httpauth',
}; // prettier-ignore

const SLOTS = new Map<string, Slot>();
for (const [slot, words] of Object.entries(WORDS)) for (const w of words.split(' ')) SLOTS.set(w, slot as Slot);

const PREFIX = /^(?:curlopt|set|add|with|append|put|default|use|try|new|and)/;

/** `addUnredirectedHeader`, `setRawHeader`: a header with a word between. */
const HEADER_ADDER =
  /^(?:set|add|append|put|with|replace|insert|default|force)(?!out|\w*(?:proxy|response|trailer))\w*headers?$/;

/** The slot of a name as written, null where it has none. */
export function slotOf(name: string): Slot | null {
  const n = slotName(name);
  const direct = SLOTS.get(n);
  if (direct !== undefined) return direct;
  if (HEADER_ADDER.test(n)) return 'headers';
  let rest = n;
  for (let i = 0; i < 2; i++) {
    const cut = rest.replace(PREFIX, '');
    if (cut === rest || cut === '') break;
    rest = cut;
    const hit = SLOTS.get(rest);
    if (hit !== undefined) return hit;
  }
  return null;
}

const SENDS = new Set(
  'get post put patch delete head request fetch send sendasync getasync postasync putasync getstringasync getfromjsonasync getstreamasync getbytearrayasync postasjsonasync do exec execute executeasync executegetasync executepostasync getresponse getresponseasync curlexec urlopen open exchange getforobject getforentity postforobject postforentity retrieve newcall filegetcontents wpremoteget wpremotepost wpremoterequest wpsaferemoteget wpsaferemotepost perform got axios superagent needle ky ofetch usefetch responsestring responsejson invokerestmethod invokewebrequest irm iwr datatask data downloadstring downloadstringtaskasync uploadstring getinputstream asstring asjson sendrequest requestasync getresponsecode getrequest doget dopost curlmultiexec streamcontext dispatch performrequest getjson ajax getcontent openstream readtext curlperform curleasyperform easyperform execwithretry executerequest call getjsonasync getbytesasync receivejson receivestring postjsonasync posturlencodedasync httpget httppost sendasyncstring getbody bodyastext requesturi fetchjson treq getobject senddata'.split(
    ' ',
  ),
);

/** A name of a method or function that sends a request. */
export function isSend(name: string): boolean {
  return SENDS.has(slotName(name));
}

/** HTTP method that a method name stands for. */
export function methodOf(name: string): string | null {
  const m =
    /^(?:do|http|execute|wpremote|wpsaferemote|method|requests?)?(get|post|put|patch|delete|head)(?:async|string|json|asjsonasync|jsonasync|urlencodedasync|stringasync|fromjsonasync|for(?:object|entity)|request|streamasync)?$/.exec(
      slotName(name),
    );
  return m?.[1]?.toUpperCase() ?? null;
}
