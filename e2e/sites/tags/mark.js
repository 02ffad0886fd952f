// Leaves the name that follows the question mark in window.ran.
ran.push(decodeURIComponent(new URL(document.currentScript.src).search.slice(1)));
