-- Tamper evidence, made within seconds of a change: hash chains over what the table change tells.
create table seal (
    position bigint not null,
    chain uuid not null,
    number integer not null,
    sealed_at timestamptz not null,
    entries integer not null,
    previous_sha256 text not null,
    sha256 text not null,
    store_sha256 text not null,
    floor xid8 not null,
    constraint pk_seal primary key (position),
    constraint uq_seal__chain_number unique (chain, number)
);

create table seal_entry (
    seq bigint not null,
    position bigint not null,
    ordinal integer not null,
    artifact_id uuid,
    content text not null,
    constraint pk_seal_entry primary key (seq),
    constraint uq_seal_entry__position_ordinal unique (position, ordinal),
    constraint fk_seal_entry__seal foreign key (position) references seal (position)
);

create index ix_seal_entry__artifact_id on seal_entry (artifact_id, seq);

create function refuse_to_rewrite_seal() returns trigger language plpgsql as $$
begin
    raise exception 'seals are append-only' using errcode = 'restrict_violation';
end
$$;

create trigger seal_is_append_only before update or delete or truncate on seal
    for each statement execute function refuse_to_rewrite_seal();
create trigger seal_entry_is_append_only before update or delete or truncate on seal_entry
    for each statement execute function refuse_to_rewrite_seal();

-- Artifacts of before the table of changes: what is known of them is written down now, so that seals cover them too.
insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id, execution_id)
select a.created_at, 'artifact.created', 'migration', a.id, a.type, a.symbol, a.content_sha256, a.execution_uuid,
       coalesce(a.dag_id, a.workflow_id), a.execution_id
from artifact a
where not exists (select 1 from change c where c.artifact_id = a.id)
order by a.created_at, a.id;

insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id, execution_id)
select a.deleted_at, 'artifact.deleted', 'migration', a.id, a.type, a.symbol, a.content_sha256, a.execution_uuid,
       coalesce(a.dag_id, a.workflow_id), a.execution_id
from artifact a
where a.deleted_at is not null
  and not exists (select 1 from change c where c.artifact_id = a.id and c.kind = 'artifact.deleted')
order by a.deleted_at, a.id;

comment on column seal.position is 'in the chain of the whole store, from 1 without gaps';
comment on column seal.chain is 'the execution; all zeros for changes that belong to none';
comment on column seal.number is 'in its own chain, from 1 without gaps';
comment on column seal.sha256 is 'of the seal''s text: docs/seals.md';
comment on column seal.store_sha256 is 'of the store''s previous one and this sha256: one value vouches for every seal before it';
comment on column seal.floor is 'where the job looks from after a start; not part of the evidence';
comment on column seal_entry.content is 'the line of the seal''s text that tells of this change';
