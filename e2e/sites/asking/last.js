window.last = true;
