-- One run of one workflow, as far as the artifacts tell: kept up to date in the transaction that stores an artifact.
create table execution (
    id uuid not null,
    dag_id text not null,
    run_id text not null,
    state text not null,
    degraded boolean not null,
    reason text,
    created_at timestamptz not null,
    last_at timestamptz not null,
    constraint pk_execution primary key (id),
    constraint uq_execution__dag_id_run_id unique (dag_id, run_id),
    constraint ck_execution__state check (state in ('running', 'success', 'failed', 'skipped', 'unknown'))
);

create index ix_execution__created_at_id on execution (created_at, id);
create index ix_execution__state_created_at_id on execution (state, created_at, id);

comment on column execution.id is 'UUIDv5 of dag_id/run_id (docs/identity.md)';
comment on column execution.run_id is 'Airflow''s run id; artifacts call it execution_id';
comment on column execution.state is 'unknown: only keyless artifacts, so nobody reports how the run ended';
comment on column execution.last_at is 'when its newest artifact arrived';
