// Held by the test.
