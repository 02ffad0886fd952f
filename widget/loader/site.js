// What the server puts into the loader of one site, in one language (`widget/src/render.rs`).
//
//   s  the site's id                      v  the policy version
//   o  the oldest version that holds      n  days for which a choice holds
//   l  the language                       a  the language for a page in that one
//   b  the build of the banner            g, w  the banner's glue and wasm, relative to the base
//   p  what waits for consent: each purpose's id, followed by `purpose/service` of its services
//   q  what does not, likewise
//   r  where decisions are sent           y  where the layers are, up to the language; both relative too
//   k  the state cookie's attributes
//   x  a function that runs the parts that this site needs beside the core, each with its data
//   signal  added in the page: the data of the part `gpc`, where the browser sends that signal
//   html  the first layer                 c  its style sheet
export const site = __PLACET__;
