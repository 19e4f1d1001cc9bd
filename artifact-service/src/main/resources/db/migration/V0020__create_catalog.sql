-- The catalogue: full text and counts of all artifacts, kept a moment behind the writers by a job that follows the table
-- change, so that no write waits for an index of words or queues for a counter.
create table catalog_entry (
    artifact_id uuid not null,
    created_at timestamptz not null,
    type text not null,
    origin text not null,
    json_bytes bigint not null,
    blob_bytes bigint not null,
    words tsvector not null,
    constraint pk_catalog_entry primary key (artifact_id)
);

create index ix_catalog_entry__created_at_artifact_id on catalog_entry (created_at, artifact_id);
create index ix_catalog_entry__words on catalog_entry using gin (words);

create table catalog_tally (
    type text not null,
    origin text not null,
    artifacts bigint not null,
    json_bytes bigint not null,
    blob_bytes bigint not null,
    constraint pk_catalog_tally primary key (type, origin)
);

-- How far the job has read.
create table catalog_position (
    one boolean not null default true,
    txid xid8 not null,
    seq bigint not null,
    constraint pk_catalog_position primary key (one),
    constraint ck_catalog_position__one check (one)
);

insert into catalog_position (txid, seq) values ('0', 0);

-- One place decides what is searched: the job and the lines below.
create function catalog_words(name text, symbol text, reasoning text, prompt text) returns tsvector
language sql immutable as $$
    select setweight(to_tsvector('english', coalesce(symbol, '') || ' ' || left(coalesce(name, ''), 1000)), 'A')
        || setweight(to_tsvector('english', left(coalesce(reasoning, ''), 20000)), 'B')
        || setweight(to_tsvector('english', left(coalesce(prompt, ''), 60000)), 'C')
$$;

-- What was stored before there was a catalogue.
insert into catalog_entry (artifact_id, created_at, type, origin, json_bytes, blob_bytes, words)
select id, created_at, type, origin, canonical_size, case when blob_sha256 is null then 0 else blob_size end,
       catalog_words(name, symbol, signal_data ->> 'reasoning', prompt)
from artifact where deleted_at is null;

insert into catalog_tally (type, origin, artifacts, json_bytes, blob_bytes)
select type, origin, count(*), sum(json_bytes), sum(blob_bytes) from catalog_entry group by type, origin;

-- An old client's MLflow run, looked up; nothing on writes, which name none.
create index ix_artifact__run_id on artifact (run_id, created_at, id) where run_id is not null and deleted_at is null;
create index ix_execution__dag_id_created_at_id on execution (dag_id, created_at, id);

comment on table catalog_entry is 'no tombstones; follows change with a lag of about a second';
comment on column catalog_entry.json_bytes is 'of the canonical content; subtracted from the tally when the artifact goes';
comment on column catalog_position.seq is 'everything up to (txid, seq) of change is in the catalogue';
