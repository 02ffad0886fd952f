ran.push("written external");
