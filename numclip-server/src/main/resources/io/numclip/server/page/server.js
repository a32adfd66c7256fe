// Talks to the server that this page came from. Addresses are relative, so that it may stand behind a prefix.

const TRIES = 8;
const LONGEST_WAIT = 30;

/** The server wants a token, or another one. */
export class TokenNeeded extends Error {}

/** Why there is no answer, in words for the user. */
export class Refused extends Error {
  /** @param passing whether the same may be answered later: nobody has answered, or the server has failed */
  constructor(message, { fix = '', requestId = '', passing = false } = {}) {
    super(message);
    this.fix = fix;
    this.requestId = requestId;
    this.passing = passing;
  }
}

export class Server {
  #token = '';

  set token(token) {
    this.#token = token;
  }

  /** @returns {Promise<{models: object[], limits: object}>} */
  async models() {
    return read(await this.#ask('v1/models', {}));
  }

  /**
   * @param {{file: File, region: number[] | null}} picture
   * @param {(seconds: number) => void} onWait the server is busy and is asked again after so many seconds
   * @returns {Promise<object[]>} one prediction for each model
   */
  async predict({ file, region }, onWait, signal) {
    for (let left = TRIES; ; left--) {
      const body = new FormData();
      body.append('image', file, file.name);
      if (region) body.append('region', region.join(','));
      const answer = await this.#ask('v1/predict', { method: 'POST', body, signal });
      if (waitOf(answer) === 0 || left === 1) return (await read(answer)).predictions;
      const seconds = waitOf(answer);
      onWait(seconds);
      await pause(seconds, signal);
    }
  }

  async #ask(address, options) {
    const headers = this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
    return reached(fetch(address, { ...options, headers, credentials: 'same-origin', cache: 'no-store' }));
  }
}

/** In how many seconds a busy server wants to be asked again; 0: not at all. */
function waitOf(answer) {
  const seconds = answer.status === 503 ? Number(answer.headers.get('Retry-After')) : 0;
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT) : 0;
}

/** What the server sends, unless it is gone; it can go in the middle of an answer too. */
async function reached(sent) {
  try {
    return await sent;
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Refused('The server does not answer.', { fix: 'See whether it is still running, then try again.', passing: true });
  }
}

async function read(answer) {
  const text = await reached(answer.text());
  if (answer.status === 401) throw new TokenNeeded();
  const passing = answer.status >= 500;
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refused(`The server answered with something that this page does not understand (status ${answer.status}).`, { passing });
  }
  if (answer.ok) return json;
  const { message, fix } = json.error ?? {};
  throw new Refused(message ?? `The server refused it (status ${answer.status}).`, { fix, requestId: json.requestId, passing });
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('removed', 'AbortError'));
    });
  });
}
