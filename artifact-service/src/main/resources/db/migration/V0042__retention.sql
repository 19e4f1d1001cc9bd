-- What must not go, whatever its age.
create table execution_hold (
    execution_uuid uuid not null,
    reason text not null,
    placed_by text not null,
    placed_at timestamptz not null,
    constraint pk_execution_hold primary key (execution_uuid),
    constraint fk_execution_hold__execution foreign key (execution_uuid) references execution (id)
);

-- What the retention job did, newest last.
create table retention_run (
    id bigint generated always as identity,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    actor text not null,
    artifacts integer not null,
    bytes bigint not null,
    rules text not null,
    constraint pk_retention_run primary key (id)
);

comment on column retention_run.rules is 'as they were set at that time';
comment on column retention_run.bytes is 'of the content that went: canonical bytes and blobs, shared blobs counted each time';
