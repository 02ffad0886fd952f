//! The real server binary and real Chromium. Each test is one sentence about what a visitor, a site
//! owner or an auditor can rely on.

mod harness;
