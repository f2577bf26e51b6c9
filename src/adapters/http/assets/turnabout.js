// The little that our pages do in a browser: they write its time zone into an empty field, and they ask it for passkeys.
// Everything else works without a script.

start();
document.addEventListener('turbo:render', start);

function start() {
  for (const input of document.querySelectorAll('[data-zone] input')) writeZone(input);
  for (const box of document.querySelectorAll('[data-passkey]')) offerPasskey(box);
}

function writeZone(input) {
  if (input.value === '') input.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Shown only where the browser can do it. */
function offerPasskey(box) {
  if (box.dataset.ready || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  box.dataset.ready = 'yes';
  box.hidden = false;
  for (const other of document.querySelectorAll('[data-passkey-only]')) other.hidden = false;
  const use = box.dataset.passkey === 'register' ? register : signIn;
  box.querySelector('button').addEventListener('click', (event) => attempt(box, event.target, use));
}

async function attempt(box, button, use) {
  const problem = box.querySelector('[role=alert]');
  problem.textContent = '';
  button.disabled = true;
  try {
    const { goTo } = await use(box);
    location.assign(goTo);
  } catch (error) {
    problem.textContent = wordsFor(error);
    button.disabled = false;
  }
}

async function signIn(box) {
  const { challenge, options } = await post('/sign-in/passkey/options', {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  return post('/sign-in/passkey', { challenge, response: credential.toJSON(), to: box.dataset.to });
}

async function register(box) {
  const { challenge, options } = await post('/account/passkeys/options', {});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  const name = box.querySelector('input').value;
  return post('/account/passkeys', { challenge, response: credential.toJSON(), name });
}

/** What the service says, or an error with the sentence that it says instead. */
async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const content = await answer.json();
  if (answer.ok) return content;
  throw new Refused(content);
}

class Refused extends Error {
  constructor({ detail, errors = [] }) {
    super(
      errors.length > 0 ? errors.map(({ path, message }) => `The ${path} ${message}.`).join(' ') : detail,
    );
  }
}

function wordsFor(error) {
  if (error instanceof Refused) return error.message;
  if (error.name === 'InvalidStateError') return 'This device has a passkey for you already.';
  if (error.name === 'NotAllowedError') return 'It was stopped, or it took too long. You can try again.';
  return 'That did not work. You can try again, or use the link by mail.';
}
