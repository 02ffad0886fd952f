// For browsers that still have the worker of a site that has switched it off: it removes itself.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.registration.unregister()));
