-- What happened to the store, in one append-only table: the audit trail, the event feed and what the seals are made of.
-- Each row is written by the statement or transaction that makes the change it tells of.
create table change (
    seq bigint generated always as identity,
    txid xid8 not null default pg_current_xact_id(),
    at timestamptz not null,
    kind text not null,
    actor text not null,
    artifact_id uuid,
    type text,
    symbol text,
    content_sha256 text,
    execution_uuid uuid,
    dag_id text,
    execution_id text,
    detail jsonb,
    constraint pk_change primary key (seq),
    constraint ck_change__kind check (kind in ('artifact.created', 'artifact.updated', 'artifact.deleted',
        'execution.changed')),
    constraint ck_change__artifact check ((artifact_id is null) = (kind = 'execution.changed'))
);

create index ix_change__txid_seq on change (txid, seq);
create index ix_change__artifact_id on change (artifact_id, seq);
create index ix_change__execution_uuid on change (execution_uuid, seq);

-- Nobody rewrites history: not the service, not a person with psql who does not mean to.
create function refuse_to_rewrite_change() returns trigger language plpgsql as $$
begin
    raise exception 'the table change is append-only' using errcode = 'restrict_violation';
end
$$;

create trigger change_is_append_only before update or delete or truncate on change
    for each statement execute function refuse_to_rewrite_change();

comment on column change.seq is 'order of writing, not of commit: a smaller one may become visible later';
comment on column change.txid is
    'a reader of the feed takes rows below pg_snapshot_xmin(pg_current_snapshot()), ordered by (txid, seq): none is missed';
comment on column change.actor is 'name of the token that asked, or of the job of the service';
comment on column change.content_sha256 is 'of the artifact, after the change';
comment on column change.detail is 'what else a listener needs: changed fields, state, reason';
