// A worker of the owner's own, which does nothing.
self.addEventListener("install", () => self.skipWaiting());
