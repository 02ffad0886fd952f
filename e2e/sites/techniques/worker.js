fetch("http://" + new URL(location).searchParams.get("host") + "/");
