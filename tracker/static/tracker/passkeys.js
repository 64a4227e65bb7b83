// Passkeys: buttons show where the browser knows them, and what did not work is said on the page.
"use strict";

if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
  }
}

document.addEventListener("allauth.error", () => {
  for (const said of document.querySelectorAll("[data-passkey-said]")) {
    said.hidden = false;
  }
});
