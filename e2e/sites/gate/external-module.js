ran.push("external module");
