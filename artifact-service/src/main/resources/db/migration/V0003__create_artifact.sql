-- One row for every artifact ever accepted. A deleted one stays as a tombstone: key and hash without content.
create table artifact (
    id uuid not null,
    key text,
    name text not null,
    type text not null,
    symbol text,
    workflow_id text,
    execution_id text,
    dag_id text,
    task_id text,
    step_name text,
    map_index integer,
    try_number integer,
    as_of timestamptz,
    run_id text,
    experiment_id text,
    prompt text,
    response text,
    prompt_length bigint,
    response_length bigint,
    model_name text,
    chart_type text,
    chart_data jsonb,
    image_path text,
    action text,
    confidence double precision,
    signal_data jsonb,
    data jsonb,
    metadata jsonb,
    origin text not null,
    content_sha256 text not null,
    canonical bytea,
    canonical_size integer not null,
    blob_sha256 text,
    blob_media_type text,
    blob_size bigint,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    spooled_at timestamptz,
    deleted_at timestamptz,
    execution_uuid uuid,
    constraint pk_artifact primary key (id),
    constraint uq_artifact__key unique (key),
    constraint fk_artifact__execution foreign key (execution_uuid) references execution (id)
        deferrable initially deferred,
    constraint fk_artifact__blob foreign key (blob_sha256) references blob (sha256),
    constraint ck_artifact__type check (type in ('preflight', 'market_data', 'chart', 'llm', 'signal', 'order',
        'trade', 'portfolio', 'mlflow_run', 'task_result', 'outcome')),
    constraint ck_artifact__origin check (origin in ('live', 'delayed', 'replayed', 'simulated', 'unknown')),
    constraint ck_artifact__confidence check (confidence between 0 and 1),
    constraint ck_artifact__content_sha256 check (content_sha256 ~ '^[0-9a-f]{64}$'),
    constraint ck_artifact__content check ((canonical is null) = (deleted_at is not null))
);

create index ix_artifact__created_at_id on artifact (created_at, id) where deleted_at is null;
create index ix_artifact__type_created_at_id on artifact (type, created_at, id) where deleted_at is null;
create index ix_artifact__symbol_created_at_id on artifact (symbol, created_at, id) where deleted_at is null;
create index ix_artifact__execution_id_created_at_id on artifact (execution_id, created_at, id)
    where deleted_at is null;
create index ix_artifact__execution_uuid on artifact (execution_uuid, created_at, id);
create index ix_artifact__blob_sha256 on artifact (blob_sha256);

comment on column artifact.execution_id is 'Airflow''s run id';
comment on column artifact.run_id is 'MLflow''s run id, not Airflow''s';
comment on column artifact.canonical is 'the RFC 8785 bytes that content_sha256 is the hash of; null once deleted';
comment on column artifact.canonical_size is 'bytes of canonical, so that a page of artifacts can be bounded without reading them';
comment on column artifact.execution_uuid is 'the execution this artifact belongs to; null when the client named no run';
comment on column artifact.deleted_at is 'set: a tombstone, which answers 410 for ever';
