/**
 * The desk's only script, for convenience: it puts the secret of the link into the form and sends it, and talks to
 * passkeys. The secret leaves the address before anything else happens, so that no history keeps it.
 */
export const deskScript = `'use strict';
const byId = (id) => document.getElementById(id);
const post = (path, fields) => fetch(location.pathname + path, { method: 'POST', credentials: 'same-origin', body: new URLSearchParams(fields) });
const token = () => document.querySelector('input[name=token]').value;

const open = byId('open');
if (open && location.hash.length > 40) {
  const secret = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  byId('secret').value = secret;
  byId('status').textContent = byId('status').dataset.opening;
  open.submit();
}

const use = byId('use-passkey');
if (use) byId('approve').addEventListener('submit', async (event) => {
  if (byId('passkey').value !== '') return;
  event.preventDefault();
  const form = event.target;
  try {
    use.disabled = true;
    const optionsJSON = await (await post('/passkey-ask', { token: token() })).json();
    byId('passkey').value = JSON.stringify(await SimpleWebAuthnBrowser.startAuthentication({ optionsJSON }));
    form.submit();
  } catch {
    byId('status').textContent = byId('status').dataset.problem;
    use.disabled = false;
  }
});

const make = byId('make-passkey');
if (make) {
  make.hidden = false;
  make.addEventListener('click', async () => {
    try {
      const optionsJSON = await (await post('/passkey-make', { token: token() })).json();
      const response = JSON.stringify(await SimpleWebAuthnBrowser.startRegistration({ optionsJSON }));
      const kept = await (await post('/passkey-keep', { token: token(), response })).json();
      byId('status').textContent = byId('status').dataset.made + ' ' + kept.fingerprint;
    } catch {
      byId('status').textContent = byId('status').dataset.problem;
    }
  });
}
`;
