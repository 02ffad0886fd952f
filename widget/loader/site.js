// What the server puts into the loader of one site, in one language (`widget/src/render.rs`).
//
//   s  the site's id                      v  the policy version
//   o  the oldest version that holds      n  days for which a choice holds
//   l  the language                       a  every language that there is
//   b  the build of the banner            g, w  the banner's glue and wasm, relative to the base
//   p  purposes: [id, 1 if it waits for consent, [ids of its services]]
//   h  the first layer as HTML            c  its style sheet
export const site = __PLACET__;
