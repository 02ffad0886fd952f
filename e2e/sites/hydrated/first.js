window.ran = [];
