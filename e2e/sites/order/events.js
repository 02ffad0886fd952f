const own = document.currentScript;
window.seen = {
  name: own.dataset.name, id: own.id, crossOrigin: own.crossOrigin, referrerPolicy: own.referrerPolicy,
  fetchPriority: own.fetchPriority, integrity: own.integrity, nonce: own.nonce, attribute: own.getAttribute("nonce"),
};
window.addEventListener("load", () => ran.push("load in an external"));
document.write("<p id=from-external>From an external script</p>");
ran.push("external");
