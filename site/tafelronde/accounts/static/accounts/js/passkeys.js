// Passkeys (WebAuthn): asks the browser for one and posts its answer with the form around the button.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** The server's options with bytes where the browser wants bytes. */
function readable(options) {
  const asked = structuredClone(options.publicKey);
  asked.challenge = toBytes(asked.challenge);
  if (asked.user) asked.user.id = toBytes(asked.user.id);
  for (const list of [asked.allowCredentials, asked.excludeCredentials]) {
    for (const one of list ?? []) one.id = toBytes(one.id);
  }
  return asked;
}

/** A passkey's answer as the server reads it. */
function sendable(answer) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer.response[name]) response[name] = toText(answer.response[name]);
  }
  return {
    id: answer.id,
    rawId: toText(answer.rawId),
    type: answer.type,
    authenticatorAttachment: answer.authenticatorAttachment,
    clientExtensionResults: answer.getClientExtensionResults(),
    response,
  };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return (await answer.json()).request_options;
}

/** Adds a passkey. With "without a password" it must be kept on the device and ask for finger, face or PIN. */
function created(form, asked) {
  const alone = form.elements.passwordless?.checked ?? false;
  asked.authenticatorSelection = {
    ...asked.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone ? { userVerification: "required" } : {}),
  };
  return navigator.credentials.create({ publicKey: asked });
}

function passkeyForm(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  for (const shown of form.querySelectorAll("[data-passkey-shown]")) shown.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const options = await optionsOf(form);
      const asked = readable(options.creation_options ?? options.request_options ?? options);
      const answer =
        form.dataset.passkey === "create" ? await created(form, asked) : await navigator.credentials.get({ publicKey: asked });
      form.elements.credential.value = JSON.stringify(sendable(answer));
      form.submit();
    } catch (error) {
      failed.hidden = false;
      failed.dataset.reason = error.name;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(passkeyForm);
else for (const word of document.querySelectorAll("[data-passkey-missing]")) word.hidden = false;
