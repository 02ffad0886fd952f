// Loads React as its npm packages are, and hydrates the document. A click on the button takes the marked
// script and the embed away, the next puts new ones there.
(async () => {
  const made = {};
  const load = async (name, path) => {
    const module = { exports: {} };
    new Function("require", "module", "exports", await (await fetch("/packages/" + path)).text())((wanted) => made[wanted], module, module.exports);
    made[name] = module.exports;
  };
  await load("react", "react/cjs/react.production.js");
  await load("scheduler", "scheduler/cjs/scheduler.production.js");
  await load("react-dom", "react-dom/cjs/react-dom.production.js");
  await load("react-dom/client", "react-dom/cjs/react-dom-client.production.js");
  const { createElement: e, useEffect, useState } = made.react;

  const Page = () => {
    const [there, turn] = useState(true);
    useEffect(() => { window.own = true; });
    return e("html", { lang: "en" },
      e("head", null, e("meta", { charSet: "utf-8" }), e("title", null, "Hydrated"), e("link", { rel: "icon", href: "data:," }),
        e("script", { src: "/hydrated/first.js" }), e("script", { src: "/placet/s/demo.js" })),
      e("body", null,
        e("main", null, e("h1", null, "Hydrated"), e("p", { id: "own" }, "What the page itself says."),
          e("div", null, there && e("script", { type: "text/plain", "data-category": "analytics", "data-name": "marked", "data-src": "/gate/mark.js" })),
          e("section", null, there && e("iframe", { "data-category": "media", "data-src": "http://videos.example/lesson", title: "Lesson" })),
          e("button", { id: "turn", onClick: () => turn(!there) }, "Turn")),
        e("script", { src: "/hydrated/app.js", async: true })));
  };
  window.complaints = [];
  const complain = (error) => complaints.push(String(error));
  made["react-dom/client"].hydrateRoot(document, e(Page), { onRecoverableError: complain, onUncaughtError: complain });
})();
