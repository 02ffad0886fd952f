// The queues of the tools, each as its own snippet makes it, and a copy of what is in them as data.
window.uetq = window.uetq || [];
window.uetq.push("pageLoad");
window._paq = window._paq || [];
window._paq.push(["trackPageView"]);
window._hsp = window._hsp || [];
window.Shopify = {
  told: [],
  kept: { analytics: "", marketing: "", preferences: "", sale_of_data: "" },
  loadFeatures: (features, ready) => setTimeout(() => {
    Shopify.asked = features;
    Shopify.customerPrivacy = {
      currentVisitorConsent: () => Shopify.kept,
      setTrackingConsent(consent, done) {
        Shopify.told.push({ ...consent });
        for (const type of Object.keys(consent)) Shopify.kept[type] = consent[type] ? "yes" : "no";
        done();
      },
    };
    ready();
  }),
};
window.plain = queue => [...queue].map(entry =>
  Object.prototype.toString.call(entry) === "[object Arguments]" ? [...entry] : typeof entry === "object" && !Array.isArray(entry) ? { ...entry } : entry);
