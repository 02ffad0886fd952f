// Stands where the tag stands on the other page, so that both load as many files.
