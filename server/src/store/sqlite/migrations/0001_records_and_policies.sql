-- Every key begins with the site. No column may identify a device or a person beyond the anonymous
-- id (PBD-02, NOTICE-05); a test lists the columns.

CREATE TABLE policies (
    site_id      TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    hash         BLOB    NOT NULL,
    since        INTEGER NOT NULL,
    body         BLOB    NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, version)
) STRICT;

CREATE TABLE records (
    site_id      TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    record_id    BLOB    NOT NULL,
    recorded_at  INTEGER NOT NULL,
    anonymous_id BLOB,
    body         BLOB    NOT NULL,
    salt         BLOB    NOT NULL,
    PRIMARY KEY (site_id, seq),
    UNIQUE (site_id, record_id)
) STRICT;

CREATE INDEX records_of_anonymous_id ON records (site_id, anonymous_id, seq) WHERE anonymous_id IS NOT NULL;
